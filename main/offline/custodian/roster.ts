import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import { type ParticipantState, participantOnDisk } from '../../../shared/ceremony/participant';
import { MessageError } from '../../../shared/message/message-error';
import { parseWire } from '../../../shared/message/wire';
import type { CeremonyFile } from '../ceremony-file';
import { refuseOtherAttempt } from './kept-attempt';

type CustodianFile = CeremonyFile<CustodianCeremony>;

/**
 * Everyone of the officer's plan, as the attempt in hand carries it: its signatures were checked when it came
 * in. Throws `HomeFinding`, `StationError` 'no-message', `MessageError`.
 */
export function rosterOf(file: CustodianFile): ParticipantState[] {
  const { envelope } = parseWire(refuseOtherAttempt(file).envelope.body.start);
  if (envelope.type === 'start') return envelope.body.roster.map(participantOnDisk);
  throw new MessageError('wrong-type', 'The attempt in hand carries no plan. Take it in again.');
}
