import { type Session, session } from 'electron';
import { limitPermissions } from './permissions';
import { denyRequests } from './requests';

/** The windows' session: in memory only, so that nothing a screen has shown is left in a cache on disk. */
export const ownSession = (): Session => session.fromPartition('airlock', { cache: false });

/** The session of pages that are only to be printed: in memory only, apart from the windows'. */
export const paperSession = (): Session => session.fromPartition('airlock-paper', { cache: false });

/** Every rule that a session has to obey, for every session there is. */
export function lockDownSession(each: Session, packaged: boolean): void {
  denyRequests(each, packaged);
  limitPermissions(each);
  // A page that offers a file has a way to the disk that asks nobody; this app's files go through its own
  // dialogs.
  each.on('will-download', (event) => event.preventDefault());
  // The spell checker fetches its dictionaries past webRequest.
  each.setSpellCheckerEnabled(false);
  each.setSpellCheckerLanguages([]);
}
