import { type Command, Option } from 'commander';
import { toHex, wipe } from '../../../shared/bytes';
import { type Role, roleSchema } from '../../../shared/message/body';
import { HomeError } from '../../store/home';
import { createIdentity, lockIdentity, readIdentity } from '../../store/identity';
import { valueText } from '../parts/format';
import { homeJournal } from '../parts/home-record';
import { newPassphrase, withPassphrase } from '../parts/passphrase';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { identityJson, identityRows } from './shown-identity';

interface CreateFlags extends HomeFlags {
  readonly name: string;
  readonly role: Role;
  readonly station?: string;
}

/** `airlock identity create`. */
export function defineCreate(command: Command, terminal: Terminal): void {
  withPassphrase(withHome(command))
    .requiredOption('--name <name>', 'name of the person')
    .addOption(
      new Option('--role <role>', 'what the person does').choices(roleSchema.options).makeOptionMandatory(),
    )
    .option('--station <label>', 'what this machine is called in transcripts')
    .action((flags: CreateFlags) => create(terminal, flags));
}

async function create(terminal: Terminal, flags: CreateFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  if (readIdentity(home) !== null) {
    throw new HomeError(
      'identity-exists',
      `The home ${home.dir} has an identity already. One home is one person: use another --home for another.`,
    );
  }
  const secret = await newPassphrase(terminal, flags.passphraseFile);
  const identity = await createIdentity(home, {
    name: flags.name,
    role: flags.role,
    station: flags.station,
    passphrase: secret,
    now: terminal.now(),
  }).finally(() => wipe(secret));
  try {
    const record = homeJournal(terminal, home, identity, false);
    record.append('key-made', { fingerprint: toHex(identity.fingerprint), algorithm: 'curve25519' });
  } finally {
    lockIdentity(identity);
  }
  terminal.print(flags.json ? valueText(flags, identityJson(identity)) : columns(identityRows(identity)));
  terminal.say('Next: airlock identity show --out FILE (or --qr DIR), for the others to take in.\n');
}
