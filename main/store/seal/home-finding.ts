import type { EventData } from '../../../shared/transcript/event';
import { StoreError } from '../store-error';

/** What can be found in a home that this program didn't leave so. */
export type FindingKind = EventData<'home-finding'>['kind'];

/**
 * A file of a home is not as the person's own program left it: somebody wrote there without the passphrase.
 * Nothing goes on with that file. `file`: its path within the home, with slashes.
 */
export class HomeFinding extends StoreError {
  constructor(
    readonly kind: FindingKind,
    readonly file: string,
    home: string,
  ) {
    super(
      'home-finding',
      `${whatIs(kind, file)} (in ${home}). ${MEANING} Nothing was done with it. ${whatToDo(kind, file)}`,
    );
  }
}

const MEANING =
  'Somebody, or some program, has written to this home without its passphrase, or put an older copy of one file back.';

function whatIs(kind: FindingKind, file: string): string {
  switch (kind) {
    case 'changed':
      return `The file ${file} is not as Airlock left it`;
    case 'missing':
      return `The file ${file} is gone`;
    case 'added':
      return `The file ${file} was not written by Airlock`;
    case 'inconsistent':
      return `The file ${file} contradicts itself: a public key in it is not the one that its fingerprint, or its private half, stands for`;
    case 'not-as-signed':
      return `The file ${file} is not the message that its name and its signature stand for, or says something else than the message does`;
  }
}

const OTHER_HOME = 'without one, make a new identity in another home and have everyone compare its words.';

/** Compare again, restore a copy, or stop. */
function whatToDo(kind: FindingKind, file: string): string {
  if (kind === 'added') return `Take ${file} out of the home, and tell the others.`;
  switch (file) {
    case 'identity.json':
    case 'seals.json':
    case 'journal.jsonl':
      return `Stop, tell the others, and put back a copy of the whole home as it was last used; ${OTHER_HOME}`;
    case 'people.json':
      return kind === 'missing'
        ? "Nobody is known here any more. Tell the others, give the passphrase again, and compare everyone's words anew."
        : "Tell the others. Put back the copy that was last used; or delete the file, and compare everyone's words anew.";
    case 'custody.json':
      return kind === 'missing'
        ? 'What was recorded of the shares that were entered here is lost. Tell the others, give the passphrase again, and compare the next share with your card.'
        : 'Tell the others. Put back the copy that was last used; or delete the file, and compare the next share with your card.';
    case 'station.json':
      return kind === 'missing'
        ? 'Station messages that were made here are forgotten. Tell the others, give the passphrase again, and make a new one.'
        : 'Tell the others. Put back the copy that was last used; or delete the file, and make a new station message.';
    default:
      return 'Stop this ceremony and tell the others. Put back the copy of the file that was last used; without one, begin the ceremony anew.';
  }
}
