import { sentenceCase, type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import type { FindingCode } from '../../../shared/transcript/verdict';

/** What a finding means for whoever relies on the record, and what settles it. */
interface FindingWords {
  readonly effect: string;
  readonly action: string;
}

const words = (effect: string, action: string): FindingWords => ({ effect, action });

const changed = words(
  'What this journal says from here on can’t be relied on: it isn’t what its station wrote.',
  'Get the journal anew from the station, and ask who held this copy.',
);
const unsigned = words(
  'Nobody vouches for the state of this journal as it was at sign-off.',
  'Have the checkpoint signed, and archive the station anew.',
);
const absent = words(
  'What happened at this station can’t be checked; other journals may rest on it.',
  'Get the station’s folder from the person whose it is, and add it.',
);
const foreign = words(
  'Somebody put something into this archive that no station of the ceremony wrote.',
  'Find out who did, and verify the archive again without it.',
);
const identity = words(
  'It isn’t certain whose signatures these are.',
  'Compare the six words of the key with the person, and get the key from them.',
);
const origin = words(
  'Lines of different stations, people or ceremonies pass for one journal.',
  'Ask the person of the station how this file came about; get it anew from there.',
);
const stranger = words(
  'Somebody took part whom the officer’s signed plan doesn’t name.',
  'Ask the officer and this person how it came about, and have the answer on record.',
);
const plan = words(
  'People may have acted on different plans.',
  'Compare both plans with the officer’s change ticket.',
);
const crossing = words(
  'A message is accounted for at one end only: something may have been left out, or added.',
  'Compare the journals of both stations, and ask their people.',
);
const duties = words(
  'The token may have been made without the quorum or the separation that the plan promises.',
  'Treat the token as made without approval until each share is explained.',
);

/** A token that may be alive: what it can do, and how that is settled, differ by its kind. */
const ALIVE: Readonly<Record<TokenKind, FindingWords>> = {
  root: words(
    'A token with every right on the server may still be alive.',
    'Look its accessor up on the server and revoke it, today; add the proof.',
  ),
  dr: words(
    `${sentenceCase(tokenKindWords('dr').one)} may still be alive. ${tokenKindWords('dr').can}`,
    'Delete it at the secondary, today; add the proof.',
  ),
  recovery: words(
    `${sentenceCase(tokenKindWords('recovery').one)} may still be alive. ${tokenKindWords('recovery').can}`,
    'See that the server runs as usual again, today; add the proof.',
  ),
};

const WORDS: Readonly<Record<Exclude<FindingCode, 'not-revoked'>, FindingWords>> = {
  'no-station': absent,
  'no-plan': words('It can’t be checked who was to take part, and for what.', 'Add the officer’s folder.'),
  'missing-station': absent,
  'no-journal': absent,
  'no-checkpoint': unsigned,
  'no-signature': unsigned,
  'own-signature-missing': unsigned,
  'witness-missing': words(
    'The witness of the plan doesn’t vouch for this station.',
    'Have the witness sign its checkpoint, or have it on record why not.',
  ),
  'no-other-signature': words(
    'Only the station’s own person vouches for this journal: they could have written it anew.',
    'Have another person who was there sign its checkpoint.',
  ),
  'no-key': identity,
  'missing-key': identity,
  'not-received': crossing,
  unaccounted: crossing,
  'unknown-file': words(
    'It is no part of the record and was not checked.',
    'Take it out of the folder, and keep it elsewhere if it matters.',
  ),
  'no-script': words(
    'Whoever has no Airlock can’t verify this folder by its own script.',
    'Archive one station anew, which writes verify.sh.',
  ),
  'foreign-script': words(
    'The script in this folder may say “Proven” of anything.',
    'Don’t run it. Take verify.sh from a release of Airlock.',
  ),
  'changed-line': changed,
  'special-file': foreign,
  'bad-checkpoint': changed,
  'checkpoint-differs': words(
    'The journal isn’t the one that was signed: lines were added, changed or taken away since.',
    'Get the journal anew from the station, and ask who held this copy.',
  ),
  'bad-signature': words(
    'This signature doesn’t vouch for this checkpoint: one of the two was changed or swapped.',
    'Get both anew from the station; ask the signer what they signed.',
  ),
  'bad-key': identity,
  'unknown-key': foreign,
  'same-key': identity,
  'not-pinned': identity,
  'same-journal': foreign,
  'witnessed-differs': words(
    'A witness saw other lines in the middle of the ceremony: this journal was written anew after that.',
    'Ask the witness for the codes that they took in, and the person at the station for both journals.',
  ),
  'bad-statement': words(
    'This journal says that a witness signed what they didn’t sign.',
    'Ask the witness what they signed, and when.',
  ),
  'not-witness': stranger,
  'witnessed-missing': absent,
  'origin-changes': origin,
  'no-person': origin,
  'other-ceremony': origin,
  'rehearsal-mixed': words(
    'Parts of a rehearsal pass for a real ceremony, or the other way round.',
    'Keep rehearsals and ceremonies in archives of their own.',
  ),
  stranger,
  'plan-differs': plan,
  'not-sent': crossing,
  'wrong-sender': crossing,
  'other-nonce': words(
    'A share was given to another attempt than the one that everyone agreed to.',
    'Ask the operator which attempt it was, and look for a second token.',
  ),
  'no-intent': words(
    'An effect is on record that nobody had announced: the journal isn’t complete.',
    'Ask the person at the station; compare with the server’s audit log.',
  ),
  'no-share-message': duties,
  quorum: duties,
  'not-in-roster': stranger,
  'not-custodian': duties,
  'gives-elsewhere': duties,
};

/** Effect and action of a finding, in an auditor's words. `kind`: of the token that the plan makes. */
export const findingWords = (code: FindingCode, kind: TokenKind): FindingWords =>
  code === 'not-revoked' ? ALIVE[kind] : WORDS[code];
