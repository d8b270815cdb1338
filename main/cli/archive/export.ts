import type { Command } from 'commander';
import { ceremonyFiles, writeFolder } from '../../archive/export';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface ExportFlags extends ArchiveFlags {
  readonly entry?: string;
}

/** `airlock archive export`. */
export function defineExport(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument('<ceremony>', 'its two words, or its id')
    .argument('<dir>', 'a new folder')
    .option('--entry <n>', 'only the folder that this entry of the log added, exactly as it came')
    .action((named: string, folder: string, flags: ExportFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        const files = await ceremonyFiles(place, named, entryIn(flags.entry));
        const count = writeFolder(folder, files);
        if (flags.json) terminal.print(valueText(flags, { path: folder, files: count }));
        else
          terminal.print(
            printable(
              `${counted(count, 'file')} in ${folder}, byte for byte as they came. Check them: sh ${folder}/verify.sh`,
            ).concat('\n'),
          );
      }),
    );
}

function entryIn(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new CliError('usage', `--entry takes the number of an entry, and not “${text}”.`);
}
