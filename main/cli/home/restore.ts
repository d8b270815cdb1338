import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { readBackup } from '../../store/backup/backup';
import { restoreBackup } from '../../store/backup/restore';
import { type FormatFlags, withFormat } from '../parts/format';
import { passphrase, withPassphrase } from '../parts/passphrase';
import type { Terminal } from '../parts/terminal';
import { showBackup } from './shown-backup';

interface RestoreFlags extends FormatFlags {
  readonly passphraseFile?: string;
}

/** `airlock home restore`. */
export function defineRestore(command: Command, terminal: Terminal): void {
  withPassphrase(withFormat(command))
    .argument('<file>', 'the backup')
    .argument('<folder>', 'where the home is to be: an empty folder, or one that is not there yet')
    .action((file: string, folder: string, flags: RestoreFlags) => restore(terminal, file, folder, flags));
}

async function restore(terminal: Terminal, file: string, folder: string, flags: RestoreFlags): Promise<void> {
  const bytes = readBackup(file);
  const secret = await passphrase(terminal, flags.passphraseFile, 'Passphrase of the home in it: ');
  const restored = await restoreBackup(bytes, folder, secret, () => terminal.now()).finally(() =>
    wipe(secret),
  );
  showBackup(terminal, flags, restored, [['Put back', folder]]);
  terminal.say(`${afterRestore(restored.view.ceremonies.some(({ isClosed }) => !isClosed))}\n`);
}

/** What holds from now on, whatever the backup is of. */
const afterRestore = (hasOpen: boolean): string =>
  [
    'What happened with this home after that moment is not here, and its journals say that it was put back.',
    hasOpen
      ? 'Before an open ceremony goes on, ask the others how far it came: what was given or sent meanwhile is given or sent twice otherwise.'
      : '',
    'If the machine that it comes from turns up, nobody goes on with the home there.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
