import { equalBytes, toBase64, toHex } from '../../shared/bytes';
import { expectMessage } from '../../shared/message/direction';
import { type SignedMessage, verifyMessage } from '../../shared/message/wire';
import { isPlainSignature } from '../../shared/openpgp/plain-armor';
import { verifyDetached } from '../../shared/openpgp/signature';
import { type EventData, events, type JournalLine } from '../../shared/transcript/event';
import { statementText } from '../../shared/transcript/statement';
import type { Home } from './home';
import { recordCrossing } from './home-journal';
import type { UnlockedIdentity } from './identity';
import type { Journal } from './journal';
import { knownSigners } from './people';
import { WitnessingError } from './witnessing';

/** A station's journal of the ceremony that a statement is about. */
export interface StatementKeeper {
  readonly home: Home;
  readonly identity: UnlockedIdentity;
  /** 16 bytes. */
  readonly ceremony: Uint8Array;
  readonly journal: Journal;
}

/**
 * Keeps in the ceremony's journal what a witness saw and signed: of this station, or of another one, whose
 * journal is then held against it once all are together. About this station nothing is kept that isn't so.
 * Returns what was kept; null where it was kept before. Throws `MessageError`, and `WitnessingError`
 * 'not-its-witness', 'head-not-here', 'bad-statement'.
 */
export async function takeStatement(
  { home, identity, ceremony, journal }: StatementKeeper,
  message: SignedMessage,
  carrier: string,
): Promise<EventData<'witnessed'> | null> {
  const people = knownSigners(home, identity);
  const signer = await verifyMessage(message, people);
  const { role } = people.find((person) => equalBytes(person.fingerprint, signer.fingerprint)) ?? identity;
  const { body, from } = expectMessage(message, {
    types: ['witness'],
    to: identity.role,
    sender: { name: signer.name, role },
    ceremony,
  });
  const lines = journal.entries();
  const by = toHex(from).toUpperCase();
  refuseStranger(lines, by, signer.name);
  const data = events.witnessed.parse({
    name: signer.name,
    by,
    station: body.station,
    of: toHex(body.of),
    lines: body.lines,
    head: toHex(body.head),
    seenAt: body.seenAt,
    deviations: body.deviations,
    signature: toBase64(body.signature),
    digest: toHex(message.digest),
  });
  if (equalBytes(body.of, identity.fingerprint)) refuseOtherHead(lines, data);
  const text = statementText({ ...data, ceremony: toHex(ceremony), rehearsal: lines[0]?.rehearsal ?? false });
  await refuseUnsigned(text, body.signature, signer);
  if (lines.some((line) => line.event === 'witnessed' && line.data.digest === data.digest)) return null;
  recordCrossing(journal, 'in', message, carrier);
  journal.append('witnessed', data);
  return data;
}

/** Where this station knows the plan: the witness is one in it. */
function refuseStranger(lines: readonly JournalLine[], by: string, name: string): void {
  const plan = lines.findLast(({ event }) => event === 'plan-agreed' || event === 'plan-taken');
  if (plan?.event !== 'plan-agreed' && plan?.event !== 'plan-taken') return;
  if (plan.data.roster.some(({ role, fingerprint }) => role === 'witness' && fingerprint === by)) return;
  throw new WitnessingError(
    'not-its-witness',
    `${name} is no witness in the plan of this ceremony, so this statement was not kept: nobody who verifies the transcript would know by whom it is. The officer can record what ${name} saw as an exception.`,
  );
}

function refuseOtherHead(
  lines: readonly JournalLine[],
  { name, lines: seen, head }: EventData<'witnessed'>,
): void {
  if (lines[seen]?.prev === head) return;
  throw new WitnessingError(
    'head-not-here',
    `${name} signed for ${seen} lines that are not those of this station’s journal. It was not kept. Compare the words of both screens, show the journal again, and ask ${name} what they saw: one of the two was changed.`,
  );
}

async function refuseUnsigned(
  text: string,
  signature: Uint8Array,
  { name, publicKey }: { readonly name: string; readonly publicKey: Uint8Array },
): Promise<void> {
  try {
    if (isPlainSignature(signature)) {
      await verifyDetached(new TextEncoder().encode(text), signature, publicKey);
      return;
    }
  } catch {
    // Said below.
  }
  throw new WitnessingError(
    'bad-statement',
    `What ${name} signed is something else than this code says. It was not kept. Have ${name} sign again.`,
  );
}
