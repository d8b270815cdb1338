import { join } from 'node:path';
import type { Command } from 'commander';
import { servePage } from '../../archive/page/page-server';
import { pageRoutes } from '../../archive/page/routes';
import { valueText } from '../parts/format';
import { signalExitCode } from '../parts/signals';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

/** Where the page's files lie, from the folder of this command's built file (vite.cli.config.ts). */
declare const PAGE_FOLDER: string;

/** `airlock archive serve`: prints the page's address and serves until it is interrupted. */
export function defineServe(command: Command, terminal: Terminal): void {
  withArchive(command)
    .addHelpText(
      'after',
      '\nThe address has a key in it: whoever has the address can read the archive for as long as this runs.',
    )
    .action((flags: ArchiveFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        const routes = pageRoutes(place, join(__dirname, PAGE_FOLDER));
        const server = await servePage(routes);
        const { address } = server;
        terminal.print(flags.json ? valueText(flags, { address, archive: place.name }) : `${address}\n`);
        terminal.say(
          'Open this address in a browser on this machine; its key is for you alone. Nothing can be changed there.\nServing until interrupted (Ctrl-C).\n',
        );
        const signal = await interrupted();
        await server.close();
        // Whoever asks it to end, as a supervisor does, gets what they asked for. Ctrl-C is 130, as always.
        if (signal === 'SIGINT') terminal.setExitCode(signalExitCode());
      }),
    );
}

/** The signal that ends it. */
const interrupted = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
