import type { Command } from 'commander';
import { ceremonyFiles } from '../../archive/export';
import { reportOf } from '../../archive/report';
import { writeOutput } from '../parts/output-file';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface ReportFlags extends ArchiveFlags {
  readonly out?: string;
}

/** `airlock archive report`. */
export function defineReport(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument('<ceremony>', 'its two words, or its id')
    .option('--out <file>', 'where the page goes (default: CEREMONY.html, by its two words)')
    .action((named: string, flags: ReportFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        const files = await ceremonyFiles(place, named, null);
        const path =
          flags.out ??
          `${named
            .trim()
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '-')}.html`;
        writeOutput(path, await reportOf(files));
        terminal.print(`${path}\n`);
      }),
    );
}
