import { existsSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex, toHex } from '../../../shared/bytes';
import { type Body, broughtMax } from '../../../shared/message/body';
import { type SignedMessage, signMessage, wireBytes } from '../../../shared/message/wire';
import { largeBrought } from '../../../shared/task/large-brought';
import { lostTokenSentence } from '../../../shared/task/lost-token';
import { fateOf, type TaskStand, type TokenRun } from '../../../shared/task/run';
import type { JournalLine } from '../../../shared/transcript/event';
import { writeMessageFile } from '../../store/message-file';
import { readMessage } from '../attempt/kept-message';
import { destroySealingKey } from '../introduction/sealing-key';
import { type StationContext, signer } from '../station-context';
import { readBrought, recipientOf } from './brought';
import { type Hand, standOf } from './hand';
import { cut } from './run-task';

/**
 * The message that says what became of the token, once the server has refused it: made once, and the same
 * again whenever it is asked for. The key that the token was sealed to is destroyed then. Null as long as the
 * token isn't proven dead. Throws `StationError` 'locked', `StoreError`.
 */
export async function outcomeOf(
  context: StationContext,
  hand: Hand,
): Promise<SignedMessage<'outcome'> | null> {
  const { state, journal } = hand;
  const run = standOf(hand);
  if (run.revoked === null) return null;
  const message =
    run.outcome === null
      ? await newOutcome(context, hand, run)
      : readMessage(context.home, state.id, run.outcome, 'outcome');
  const { handoffKey, checkpoint } = context.home.ceremony(state.id);
  // A program that was killed between the two has destroyed the key, and said so to nobody.
  const isGone = !existsSync(handoffKey) || destroySealingKey(handoffKey);
  if (isGone && !saysDestroyed(journal.entries()) && !existsSync(checkpoint))
    journal.append('secret-destroyed', { what: 'sealing-key' });
  return message;
}

/** Whether a key was destroyed since the outcome was made: a finished ceremony has no other one left. */
function saysDestroyed(lines: readonly JournalLine[]): boolean {
  const made = lines.findIndex((line) => line.event === 'message-sent' && line.data.type === 'outcome');
  return lines.slice(made + 1).some(({ event }) => event === 'secret-destroyed');
}

async function newOutcome(
  context: StationContext,
  { state, journal }: Hand,
  run: TokenRun,
): Promise<SignedMessage<'outcome'>> {
  const identity = signer(context);
  const message = await signMessage(
    {
      v: 1,
      type: 'outcome',
      ceremony: fromHex(state.id),
      prev: fromHex(run.handoff),
      issuedAt: context.clock().toISOString(),
      from: identity.fingerprint,
      body: {
        nonce: state.nonce,
        label: identity.station,
        handoff: wireBytes(readMessage(context.home, state.id, run.handoff, 'handoff')),
        accessor: run.token?.accessor ?? 'none',
        tasks: tasksOf(context, state.id, run),
        proof: cut(run.revoked?.proof ?? ''),
        openedAt: run.token?.openedAt ?? '',
        revokedAt: run.revoked?.at ?? '',
      },
    },
    identity.privateKey,
  );
  const digest = toHex(message.digest);
  // On the disk before it is on record: whatever ends the program then, what the journal names is there.
  writeMessageFile(context.home.ceremony(state.id).message(digest), wireBytes(message));
  journal.append('message-sent', { type: 'outcome', digest, carrier: 'file' });
  return message;
}

function tasksOf(context: StationContext, ceremony: string, { tasks }: TokenRun): Body<'outcome'>['tasks'] {
  let room = broughtMax;
  return tasks.map(({ task, stand }, i) => {
    const fate = fateOf(stand);
    const isLost = stand.kind === 'cut-off' && task.task === 'create-token';
    const said = cut(isLost ? `${lostTokenSentence(task)} ${fate.said}` : fate.said);
    const sealed = sealedOf(context, ceremony, i + 1, stand);
    const to = recipientOf(task);
    if (sealed === null || to === null) return { fate: fate.fate, said };
    if (sealed.length > room) {
      // It stays here, to be carried as a file (main/cli/online/tasks.ts).
      const large = largeBrought(i + 1, toHex(sha256(sealed)));
      return { fate: fate.fate, said: cut(`${large} ${said}`) };
    }
    room -= sealed.length;
    return { fate: fate.fate, said, brought: { to: fromHex(to), sealed } };
  });
}

/** What a task brought back, where it is what the journal says. */
function sealedOf(
  context: StationContext,
  ceremony: string,
  number: number,
  stand: TaskStand,
): Uint8Array | null {
  if (stand.kind !== 'done' || stand.brought === null) return null;
  const sealed = readBrought(context.home, ceremony, number);
  return sealed !== null && toHex(sha256(sealed)) === stand.brought ? sealed : null;
}
