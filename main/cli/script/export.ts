import type { Command } from 'commander';
import { scriptFile } from '../../../shared/script/script-file';
import { valueText } from '../parts/format';
import { writeNewFiles } from '../parts/new-files';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { namedScript } from './named-script';
import { headRows, scriptJson } from './shown-script';

interface ExportFlags extends HomeFlags {
  readonly out?: string;
}

/** `airlock script export`. */
export function defineExport(command: Command, terminal: Terminal): void {
  withHome(command)
    .argument('<script>', 'its words, its hash, its title, or “standard”')
    .option('--out <file>', 'file to write, which must not be there yet (default: standard output)')
    .action((name: string, flags: ExportFlags) => exportScript(terminal, name, flags));
}

/** Throws `CliError` 'file-exists': somebody may have spent an evening on the file that is there. */
function exportScript(terminal: Terminal, name: string, flags: ExportFlags): void {
  const kept = namedScript(homeOf(terminal, flags), name);
  const text = scriptFile(kept.script);
  if (flags.out === undefined) {
    terminal.print(flags.json ? valueText(flags, { exported: scriptJson(kept), file: null, text }) : text);
    return;
  }
  writeNewFiles([[flags.out, text]], 'it may be work');
  terminal.print(
    flags.json
      ? valueText(flags, { exported: scriptJson(kept), file: flags.out })
      : columns([...headRows(kept.script), ['Written', flags.out]]),
  );
}
