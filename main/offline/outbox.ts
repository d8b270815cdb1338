import { toHex } from '../../shared/bytes';
import type { SignedMessage } from '../../shared/message/wire';
import { CustodianDesk } from './custodian/desk';
import { OfficerDesk } from './officer/desk';

/** The open ceremony, from the side of whoever is at this laptop. */
export type Desk = OfficerDesk | CustodianDesk;

/** A message on its way out of this station, as it may be shown. */
export interface Outbound {
  readonly message: SignedMessage;
  readonly title: string;
}

export interface OutboxSources {
  readonly identity: SignedMessage<'identity'> | null;
  readonly desk: Desk | null;
  readonly checkpoint: SignedMessage<'checkpoint'> | null;
  readonly signature: SignedMessage<'signature'> | null;
}

/** Everything that may be shown now, by id: the message's digest in hex. */
export function outbox({ identity, desk, checkpoint, signature }: OutboxSources): Map<string, Outbound> {
  const all: Outbound[] = [];
  if (identity !== null) all.push({ message: identity, title: 'Your identity' });
  if (desk instanceof OfficerDesk && desk.state.start !== null) {
    all.push({ message: desk.file.message(desk.state.start, 'start'), title: 'Start' });
  }
  if (desk instanceof CustodianDesk) {
    const { outgoing } = desk;
    if (outgoing !== null) all.push({ message: desk.file.message(outgoing, 'share'), title: 'Sealed share' });
  }
  if (checkpoint !== null) all.push({ message: checkpoint, title: 'Checkpoint' });
  if (signature !== null) all.push({ message: signature, title: 'Signature' });
  return new Map(all.map((entry) => [toHex(entry.message.digest), entry]));
}
