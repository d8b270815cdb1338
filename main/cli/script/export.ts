import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { scriptFile } from '../../../shared/script/script-file';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { writeOutput } from '../parts/output-file';
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
  if (existsSync(flags.out)) {
    throw new CliError(
      'file-exists',
      `${flags.out} is there already, and stays as it is. Choose another place with --out.`,
    );
  }
  writeOutput(flags.out, text);
  terminal.print(
    flags.json
      ? valueText(flags, { exported: scriptJson(kept), file: flags.out })
      : columns([...headRows(kept.script), ['Written', flags.out]]),
  );
}
