import { type Command, CommanderError } from 'commander';
import { AirlockError } from '../../shared/airlock-error';
import { type HomeLock, waitForHome } from '../store/home-lock';
import { type HomeFlags, homeOf } from './person';
import { systemFailure } from './system-failure';
import type { Terminal } from './terminal';

/**
 * Runs a program to its end. Whatever goes wrong becomes one sentence on standard error, and with `--json` an object on
 * standard output besides; never a stack trace. The exit code is then 2 where the command was not typed as it must be, else 1.
 * A command that works in a home has it for itself meanwhile.
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text),
      writeErr: () => undefined,
    });
    command.showSuggestionAfterError(false);
  }
  const held: { lock?: HomeLock } = {};
  program.hook('preAction', async (_program, command) => {
    if (worksInHome(command)) {
      held.lock = await waitForHome(
        homeOf(terminal, command.opts<HomeFlags>()),
        `airlock ${nameOf(command)}`,
      );
    }
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) return;
    terminal.say(`${failure.message}\n`);
    if (args.includes('--json')) terminal.print(`${JSON.stringify({ error: failure })}\n`);
    terminal.setExitCode(misuses.has(failure.code) ? 2 : 1);
  } finally {
    held.lock?.release();
  }
}

/** Whether a command may write to a home: `identity list` only looks into it, whoever works there. */
const worksInHome = (command: Command): boolean =>
  command.options.some(({ long }) => long === '--home') && nameOf(command) !== 'identity list';

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* allCommands(child);
}

/** Codes of errors that only another command line mends. */
const misuses: ReadonlySet<string> = new Set([
  'usage',
  'stdin-twice',
  'bad-option',
  'bad-listen',
  'bad-shares',
  'bad-token-format',
]);

interface Failure {
  readonly code: string;
  readonly message: string;
}

function failureOf(error: unknown): Failure | null {
  if (error instanceof AirlockError) return { code: error.code, message: error.message };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return null;
    const problem = error.message.replace(/^error: /, '').replace(/\.?$/, '.');
    // Without a subcommand commander shows its help and calls that an error.
    if (error.code === 'commander.help') {
      return { code: 'usage', message: 'Say what to do: airlock --help lists the commands.' };
    }
    return {
      code: 'usage',
      message: `${problem.charAt(0).toUpperCase()}${problem.slice(1)} See airlock --help.`,
    };
  }
  const system = systemFailure(error);
  if (system !== null) return system;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Airlock itself failed here, and this should not happen: ${reason.split('\n')[0] ?? ''}. What was recorded so far is kept; please report it.`,
  };
}
