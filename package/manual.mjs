// The manual pages of the apps. The command line writes its own (`airlock man`).

/** @typedef {import('./programs.mjs').App} App */
/** @typedef {import('./release.mjs').Release} Release */

/** @param {Release} release */
export const dayOf = ({ time }) => new Date(time * 1000).toISOString().slice(0, 10);

/** @param {string} text */
const plain = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-');

/**
 * The manual page of an app, in the man macros of roff.
 * @param {App} app
 * @param {Release} release
 */
export function appManual({ command, name, summary, description }, release) {
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
    '.SH FILES',
    '.TP',
    `/opt/${plain(name)}`,
    'The program.',
    '.SH SEE ALSO',
    '.BR airlock (1)',
  ].join('\n')}\n`;
}
