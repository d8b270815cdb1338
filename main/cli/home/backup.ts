import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { makeBackup } from '../../store/backup/backup';
import { passphrase, withPassphrase } from '../parts/passphrase';
import { type HomeFlags, homeOf, identityOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { showBackup } from './shown-backup';

/** `airlock home backup`. */
export function defineBackup(command: Command, terminal: Terminal): void {
  withPassphrase(withHome(command))
    .argument('<file>', 'the file to make; one that is there stays as it is')
    .action((file: string, flags: HomeFlags) => backup(terminal, file, flags));
}

async function backup(terminal: Terminal, file: string, flags: HomeFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const { name } = identityOf(home);
  const secret = await passphrase(terminal, flags.passphraseFile, `Passphrase of ${name}: `);
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const made = await makeBackup(home, file, secret, () => terminal.now(), random).finally(() => wipe(secret));
  showBackup(terminal, flags, made, [['Written', file]]);
  terminal.say(
    'It was read back, and all of it checked. It opens with the passphrase of now, also after that was changed, and with nothing else: keep it away from this machine.\n',
  );
}
