import { type Command, CommanderError } from 'commander';
import { AirlockError } from '../../shared/airlock-error';
import type { QrErrorCode } from '../../shared/qr/qr-error';
import type { StationErrorCode } from '../online/station-error';
import type { RehearsalErrorCode } from '../rehearsal/rehearsal-error';
import type { HomeLock } from '../store/home-lock';
import type { CliErrorCode } from './parts/cli-error';
import { chooseFormat, failureText } from './parts/format';
import type { HomeFlags } from './parts/person';
import { signalExitCode } from './parts/signals';
import { takeSingleDashes } from './parts/single-dash';
import type { Terminal } from './parts/terminal';
import type { RehearseErrorCode } from './rehearse/rehearse-error';
import { type SystemFailureCode, systemFailure } from './system-failure';

/**
 * Runs a program to its end, and never throws. Whatever goes wrong becomes one sentence on standard error,
 * and with `--json` or `--format` an object on standard output besides; it never becomes a stack trace. The
 * exit code is then 2 where the command was not typed as it must be, 130 after Ctrl-C (143 and 129 after
 * SIGTERM and SIGHUP), else 1. A command that works in a home has that home for itself meanwhile.
 */
export async function runProgram(
  program: Command | Promise<Command>,
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const typed: { command?: Command } = {};
  const held: { lock?: HomeLock } = {};
  try {
    const loaded = await program;
    // Commander's errors don't say which command they come from, so each command tells.
    for (const command of allCommands(loaded)) {
      takeSingleDashes(command);
      command
        .exitOverride((error) => {
          typed.command = command;
          throw error;
        })
        .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: () => undefined });
    }
    loaded.hook('preAction', async (_program, command) => {
      await chooseFormat(command, terminal.env);
      if (worksInHome(command)) held.lock = await lockHome(command, terminal);
    });
    await loaded.parseAsync([...args], { from: 'user' });
  } catch (error) {
    const failure = failureOf(error, typed.command === undefined ? 'airlock' : pathOf(typed.command));
    if (failure === null) return;
    terminal.say(`${failure.message}\n`);
    const text = await failureText({ error: failure }, args, terminal.env);
    if (text !== null) terminal.print(text);
    terminal.setExitCode(exitCodeOf(failure.code));
  } finally {
    held.lock?.release();
  }
}

/** Whether a command may write to a home. */
const worksInHome = (command: Command): boolean =>
  command.options.some(({ long }) => long === '--home') &&
  !onlyLooking.has(nameOf(command)) &&
  (writingOptions[nameOf(command)]?.some((option) => command.getOptionValue(option) !== undefined) ?? true);

/** These only look into a home, also while another program works there. */
const onlyLooking: ReadonlySet<string> = new Set(['identity list', 'online list']);

/** These work in a home with one of those options, and ask nothing of one without. */
const writingOptions: Readonly<Record<string, readonly string[]>> = { 'archive people': ['add', 'remove'] };

/** Waits for the home that a command works in. Only such a command needs the code for it. */
async function lockHome(command: Command, terminal: Terminal): Promise<HomeLock> {
  const { homeOf } = await import('./parts/person');
  const { waitForHome } = await import('../store/home-lock');
  return waitForHome(homeOf(terminal, command.opts<HomeFlags>()), `airlock ${nameOf(command)}`);
}

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

/** A command as it is typed, with the program's own name. */
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* allCommands(child);
}

/** Codes of errors that only another command line mends. */
const misuses = [
  'usage',
  'stdin-twice',
  'bad-option',
  'bad-listen',
  'bad-shares',
  'bad-token-format',
  'statement-unfit',
] as const satisfies readonly (
  | CliErrorCode
  | QrErrorCode
  | RehearseErrorCode
  | RehearsalErrorCode
  | StationErrorCode
)[];

function exitCodeOf(code: string): number {
  if (code === ('interrupted' satisfies CliErrorCode)) return signalExitCode();
  return misuses.some((misuse) => misuse === code) ? 2 : 1;
}

/**
 * A failure that is no error of the domain: of the command line as typed, of the system, or of Airlock
 * itself.
 */
type RunnerCode = 'usage' | SystemFailureCode | 'internal';

interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
}

/** What to say of an error; null where there is nothing to say, as after `--help`. */
function failureOf(error: unknown, typed: string): Failure | null {
  if (error instanceof AirlockError)
    return {
      code: error.code,
      message: [error.message, error.typed].filter((text) => text !== '').join(' '),
    };
  if (error instanceof CommanderError) return error.exitCode === 0 ? null : mistyped(error, typed);
  return systemFailure(error) ?? internal(error);
}

/** `typed`: the command that the error comes from, for its help. */
function mistyped({ code, message }: CommanderError, typed: string): Failure<RunnerCode> {
  // Where a subcommand is missing, commander shows its help and calls that an error.
  if (code === 'commander.help') {
    return { code: 'usage', message: `Say what to do: ${typed} --help lists the commands.` };
  }
  const [said = '', hint = ''] = message.replace(/^error: /, '').split('\n');
  const problem = `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.?$/, '.')}`;
  const suggestion = hint === '' ? '' : ` ${hint.replace(/^\((.*)\)$/, '$1')}`;
  return { code: 'usage', message: `${problem}${suggestion} See ${typed} --help.` };
}

function internal(error: unknown): Failure<RunnerCode> {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Airlock itself failed here, and this should not happen: ${reason.split('\n')[0] ?? ''}. What was recorded so far is kept; please report it.`,
  };
}
