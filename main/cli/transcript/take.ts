import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { recordCrossing } from '../../store/home-journal';
import { knownKeys } from '../../store/people';
import { readCheckpoint } from '../../store/sign-off';
import { takeSignature } from '../../store/witnessing';
import { recordingRefusal } from '../parts/home-record';
import { incomingCarrier } from '../parts/message-files';
import { readMessages } from '../parts/message-input';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { checkpointJournal } from './checkpoint-journal';
import { answer, type CeremonyFlags, withCeremony } from './closing';

/** `airlock transcript take`. */
export function defineTake(command: Command, terminal: Terminal): void {
  withCeremony(withPassphrase(withHome(command)))
    .argument(
      '<file...>',
      'signature messages: message files, UR text, pictures of QR codes, or a folder of these',
    )
    .action((files: string[], flags: CeremonyFlags) => take(terminal, files, flags));
}

async function take(terminal: Terminal, files: readonly string[], flags: CeremonyFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosenCeremony(home, flags.ceremony);
  const paths = home.ceremony(id);
  await asPerson(terminal, home, flags, async (identity) => {
    const names: string[] = [];
    const record = checkpointJournal(terminal, home, identity, readCheckpoint(paths)?.text ?? null);
    for (const message of await readMessages(terminal, files)) {
      recordCrossing(record, 'in', message, incomingCarrier(files));
      const name = await recordingRefusal(record, message, () =>
        takeSignature(message, paths, fromHex(id), identity, knownKeys(home)),
      );
      names.push(name);
    }
    answer(terminal, flags, { signers: names }, [`Kept the signature of ${names.join(', ')}.`]);
  });
}
