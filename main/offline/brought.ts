import { equalBytes, wipe } from '../../shared/bytes';
import type { SignedMessage } from '../../shared/message/wire';
import { decryptWithKey } from '../../shared/openpgp/sealed-to-self';
import { StationError } from '../station/station-error';
import type { UnlockedIdentity } from '../store/identity';

/** Whether a task of the plan has brought something back for this person. */
export const hasBrought = (
  { envelope }: SignedMessage<'outcome'>,
  { fingerprint }: Pick<UnlockedIdentity, 'fingerprint'>,
): boolean =>
  envelope.body.tasks.some(({ brought }) => brought !== undefined && equalBytes(brought.to, fingerprint));

/**
 * What the tasks of the plan have brought back for this person, each as the server has answered it (JSON),
 * one after the other. A secret. Throws `StationError` 'no-message' where there is nothing, and
 * `OpenPgpError`.
 */
export async function textBrought(
  { envelope }: SignedMessage<'outcome'>,
  { fingerprint, privateKey }: UnlockedIdentity,
): Promise<string> {
  const texts: string[] = [];
  for (const { brought } of envelope.body.tasks) {
    if (brought === undefined || !equalBytes(brought.to, fingerprint)) continue;
    const plain = await decryptWithKey(brought.sealed, privateKey);
    texts.push(new TextDecoder().decode(plain).trimEnd());
    wipe(plain);
  }
  if (texts.length > 0) return texts.join('\n');
  throw new StationError('no-message', 'No task of the plan has brought anything back for you.');
}
