import type { Command } from 'commander';
import { valueText } from '../parts/format';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { namedScript } from './named-script';
import { wholeJson, wholeRows } from './shown-script';

/** `airlock script show`. */
export function defineShow(command: Command, terminal: Terminal): void {
  withHome(command)
    .argument('<script>', 'its words, its hash, its title, or “standard”')
    .action((name: string, flags: HomeFlags) => {
      const { script, isStandard } = namedScript(homeOf(terminal, flags), name);
      terminal.print(
        flags.json
          ? valueText(flags, { script: { ...wholeJson(script), standard: isStandard } })
          : columns(wholeRows(script)),
      );
    });
}
