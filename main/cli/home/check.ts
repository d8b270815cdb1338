import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { checkBackup, readBackup } from '../../store/backup/backup';
import { type FormatFlags, withFormat } from '../parts/format';
import { passphrase, withPassphrase } from '../parts/passphrase';
import type { Terminal } from '../parts/terminal';
import { showBackup } from './shown-backup';

interface CheckFlags extends FormatFlags {
  readonly passphraseFile?: string;
}

/** `airlock home check`. */
export function defineCheck(command: Command, terminal: Terminal): void {
  withPassphrase(withFormat(command))
    .argument('<file>', 'the backup')
    .action((file: string, flags: CheckFlags) => check(terminal, file, flags));
}

async function check(terminal: Terminal, file: string, flags: CheckFlags): Promise<void> {
  const bytes = readBackup(file);
  const secret = await passphrase(terminal, flags.passphraseFile, 'Passphrase of the home in it: ');
  const checked = await checkBackup(bytes, secret).finally(() => wipe(secret));
  showBackup(terminal, flags, checked, []);
}
