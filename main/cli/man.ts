import { version } from '../version';
import { variables } from './environment';
import type { CommandDefinition } from './parts/command-tree';
import { type Described, described, type WholeProgram, withAllBelow } from './parts/described';

/** `airlock man`. */
export const defineMan =
  (wholeProgram: WholeProgram): CommandDefinition =>
  (command, terminal) => {
    command
      .addHelpText('after', '\nRead it: airlock man | man -l -\nKeep it: airlock man > airlock.1')
      .action(async () => {
        terminal.print(manPage(described(await wholeProgram(terminal)), terminal.now()));
      });
  };

/** Text of a line of roff. */
const plain = (text: string): string => text.replaceAll('\\', '\\e').replaceAll('-', '\\-');

/** Text as lines of roff that are short enough for its checkers, none of them a command. */
function prose(text: string): string {
  const lines: string[] = [];
  for (const word of plain(text).split(/\s+/)) {
    const line = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && line.length <= 70) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.map((line) => line.replace(/^(?=[.'])/, '\\&')).join('\n');
}

const bold = (text: string): string => `\\fB${plain(text)}\\fR`;

const entry = (term: string, text: string): string => `.TP\n${term}\n${prose(text)}`;

function commandPart({ path, takes, what, options, commands }: Described): string {
  const typed = [path, takes, commands.length > 0 ? 'COMMAND' : '', '[OPTION]'].filter((part) => part !== '');
  const rows = options.map(({ name, takes: value, what: text, choices }) =>
    entry(
      value === '' ? bold(name) : `${bold(name)} \\fI${plain(value)}\\fR`,
      choices.length === 0 ? text : `${text}; one of ${choices.join(', ')}`,
    ),
  );
  return [`.SS ${plain(typed.join(' '))}`, prose(what), ...rows].join('\n');
}

const exits: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'not done; one sentence on standard error says why. Of transcript verify: broken'],
  ['2', 'not typed as it must be'],
  ['3', 'of transcript verify and report: incomplete'],
  ['129, 130, 143', 'ended by SIGHUP, Ctrl-C, SIGTERM'],
];

const effects = { acts: '', refused: 'Refused where it is set: ', ignored: 'Does nothing: ' } as const;

/** The manual page, in the man macros of roff. `now`: its date. */
function manPage(program: Described, now: Date): string {
  const [, ...commands] = withAllBelow(program);
  return `${[
    `.TH AIRLOCK 1 ${now.toISOString().slice(0, 10)} "Airlock ${version}" "User Commands"`,
    '.SH NAME',
    `airlock \\- ${plain(program.what)}`,
    '.SH SYNOPSIS',
    '.B airlock',
    '.I COMMAND',
    '[OPTION...]',
    '.SH DESCRIPTION',
    prose(`${program.what}. Long options may be typed with one dash, as vault and bao take theirs.`),
    '.SH COMMANDS',
    ...commands.map(commandPart),
    '.SH ENVIRONMENT',
    ...variables.map(({ names, effect, what }) =>
      entry(names.map(bold).join(', '), `${effects[effect]}${what}`),
    ),
    '.SH EXIT STATUS',
    ...exits.map(([code, what]) => entry(bold(code), what)),
    '.SH SEE ALSO',
    '.BR vault (1),',
    '.BR bao (1)',
  ].join('\n')}\n`;
}
