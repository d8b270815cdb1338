import type { Command } from 'commander';
import { nonceWords } from '../../../shared/words';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';

interface CancelFlags extends ServerFlags {
  readonly ceremony?: string;
  readonly nonce?: string;
}

/** `airlock online cancel`. */
export function defineCancel(command: Command, terminal: Terminal): void {
  withCeremony(withServer(withPassphrase(withHome(command))), 'which ceremony')
    .option('--nonce <nonce>', "cancel this attempt, even if it isn't ours")
    .action((flags: CancelFlags) => cancel(terminal, flags));
}

async function cancel(terminal: Terminal, flags: CancelFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  refuseTwoReaders([flags.serverTokenFile, flags.passphraseFile]);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  await withStation(terminal, flags, home, async (station) => {
    const { nonce } = await station.cancel({ ceremony, nonce: flags.nonce });
    terminal.print(
      flags.json
        ? valueText(flags, { cancelled: true, nonce })
        : columns([
            ['Cancelled', `${nonceWords(nonce)}  (${nonce})`],
            ['Seen', 'the server has no such attempt any more'],
          ]),
    );
  });
}
