import type { Command } from 'commander';
import { scriptWords } from '../../../shared/script/script-hash';
import { listScripts } from '../../store/scripts';
import { valueText } from '../parts/format';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { scriptJson, scriptLine } from './shown-script';

/** `airlock script list`. */
export function defineList(command: Command, terminal: Terminal): void {
  withHome(command).action((flags: HomeFlags) => list(terminal, flags));
}

function list(terminal: Terminal, flags: HomeFlags): void {
  const scripts = listScripts(homeOf(terminal, flags));
  terminal.print(
    flags.json
      ? valueText(flags, { scripts: scripts.map(scriptJson) })
      : columns(
          scripts.map(({ sha256, script, isStandard }) => [
            scriptWords(sha256),
            `${scriptLine(script)}${isStandard ? ' (standard)' : ''}`,
          ]),
        ),
  );
}
