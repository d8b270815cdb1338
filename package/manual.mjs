// The manual pages of the apps. The command line writes its own (`airlock man`).

/** @typedef {import('./programs.mjs').App} App */
/** @typedef {import('./release.mjs').Release} Release */

/** @param {Release} release */
export const dayOf = ({ time }) => new Date(time * 1000).toISOString().slice(0, 10);

/** @param {string} text */
const plain = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-');

/** Who starts the air-gapped app so is most often the command line, in the place of a Chromium. */
const printing = [
  '.TP',
  '\\fB\\-\\-print\\-report\\fR=\\fIFOLDER\\fR \\fB\\-\\-into\\fR=\\fIFILE\\fR',
  'Prints the report of the transcript in a folder into a new PDF, and ends. It shows no window, though it needs a',
  "display, and opens nobody's home. Of the folder it reads what a transcript is made of: a page there is not",
  'read.',
];

/**
 * The manual page of an app, in the man macros of roff.
 * @param {App} app
 * @param {Release} release
 */
export function appManual({ command, name, side, summary, description }, release) {
  const title = command.toUpperCase();
  return `${[
    `.TH ${title} 1 ${dayOf(release)} "Airlock ${release.version}" "User Commands"`,
    '.SH NAME',
    `${plain(command)} \\- ${plain(summary)}`,
    '.SH SYNOPSIS',
    `.B ${plain(command)}`,
    '[\\fB\\-\\-home\\fR=\\fIDIR\\fR] [\\fIFILE\\fR]',
    '.SH DESCRIPTION',
    plain(description),
    'Help in its window tells more.',
    '.PP',
    'A',
    '.I FILE',
    'with a message (.ur), or with a picture of its code, is taken in as soon as a step waits for one, as if it',
    'had been chosen there.',
    '.SH OPTIONS',
    '.TP',
    '\\fB\\-\\-home\\fR=\\fIDIR\\fR',
    "The folder of the person who works here, in place of AIRLOCK_HOME's or of the usual one.",
    ...(side === 'offline' ? printing : []),
    '.SH FILES',
    '.TP',
    `/opt/${plain(name)}`,
    'The program.',
    '.SH SEE ALSO',
    '.BR airlock (1)',
  ].join('\n')}\n`;
}
