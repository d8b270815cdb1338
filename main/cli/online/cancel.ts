import type { Command } from 'commander';
import { nonceWords } from '../../../shared/words';
import { jsonLine } from '../parts/json-line';
import { namedCeremony } from '../parts/named-ceremony';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, stationOf, withCeremony, withServer } from './station';

interface CancelFlags extends ServerFlags {
  readonly ceremony?: string;
  readonly nonce?: string;
}

/** `airlock online cancel`. */
export function registerCancel(online: Command, terminal: Terminal): void {
  withCeremony(withServer(withHome(online.command('cancel'))), 'which ceremony')
    .description('cancel the attempt, and see that it is gone')
    .option('--nonce <nonce>', "cancel this attempt, even if it isn't ours")
    .action((flags: CancelFlags) => cancel(terminal, flags));
}

async function cancel(terminal: Terminal, flags: CancelFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const identity = onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
  const { nonce } = await station.cancel({ ceremony, nonce: flags.nonce });
  terminal.print(
    flags.json
      ? jsonLine({ cancelled: true, nonce })
      : columns([
          ['Cancelled', `${nonceWords(nonce)}  (${nonce})`],
          ['Seen', 'the server has no such attempt any more'],
        ]),
  );
}
