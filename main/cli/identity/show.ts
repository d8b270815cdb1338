import type { Command } from 'commander';
import { toHex } from '../../../shared/bytes';
import type { Home } from '../../store/home';
import { recordCrossing } from '../../store/home-journal';
import { identityMessage, type UnlockedIdentity } from '../../store/identity';
import { valueText } from '../parts/format';
import { homeJournal } from '../parts/home-record';
import {
  type Destination,
  isOnScreen,
  outgoingCarrier,
  withDestination,
  writeMessage,
} from '../parts/message-output';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, identityOf, withHome } from '../parts/person';
import { columns, fileRows } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { identityJson, identityRows } from './shown-identity';

interface ShowFlags extends HomeFlags, Destination {}

/** `airlock identity show`. */
export function defineShow(command: Command, terminal: Terminal): void {
  withDestination(withPassphrase(withHome(command)), 'identity').action((flags: ShowFlags) =>
    show(terminal, flags),
  );
}

async function show(terminal: Terminal, flags: ShowFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  // Only the message needs the signing key.
  if (isOnScreen(flags) && flags.passphraseFile === undefined) {
    const identity = identityOf(home);
    terminal.print(
      flags.json
        ? valueText(flags, { ...identityJson(identity), message: null })
        : columns(identityRows(identity)),
    );
    return;
  }
  await asPerson(terminal, home, flags, (identity) => showMessage(terminal, home, identity, flags));
}

async function showMessage(
  terminal: Terminal,
  home: Home,
  identity: UnlockedIdentity,
  flags: ShowFlags,
): Promise<void> {
  const message = await identityMessage(identity, terminal.now());
  const record = homeJournal(terminal, home, identity, false);
  recordCrossing(record, 'out', message, outgoingCarrier(flags));
  const { files, ur } = writeMessage(message, flags, identity.name);
  if (flags.json) {
    const digest = toHex(message.digest);
    terminal.print(valueText(flags, { ...identityJson(identity), message: { digest, ur, files } }));
    return;
  }
  terminal.print(columns([...identityRows(identity), ...fileRows(files)]));
  if (files.length === 0) terminal.print(`\n${ur}\n`);
  terminal.say('Let the others take it in, and read them the six words.\n');
}
