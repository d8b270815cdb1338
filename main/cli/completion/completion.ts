import { Argument } from 'commander';
import type { CommandDefinition } from '../parts/command-tree';
import { described, type WholeProgram } from '../parts/described';
import { bashCompletion } from './bash';
import { fishCompletion } from './fish';
import { zshCompletion } from './zsh';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof shells;

/** `airlock completion`. */
export const defineCompletion =
  (wholeProgram: WholeProgram): CommandDefinition =>
  (command, terminal) => {
    command
      .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(shells)))
      .addHelpText(
        'after',
        `
bash: airlock completion bash > ~/.local/share/bash-completion/completions/airlock
zsh:  airlock completion zsh > a folder of $fpath, as _airlock
fish: airlock completion fish > ~/.config/fish/completions/airlock.fish`,
      )
      .action(async (shell: Shell) => {
        terminal.print(shells[shell](described(await wholeProgram(terminal))));
      });
  };
