import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AttemptState, loadAttempt, saveAttempt } from '../../../main/online/attempt/state';
import type { UnlockedIdentity } from '../../../main/store/identity';
import { Journal } from '../../../main/store/journal';
import { toHex } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import type { SignedMessage } from '../../../shared/message/wire';
import type { EventName } from '../../../shared/transcript/event';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { newFolder, type Player, type Stage } from './stage';

/** A ceremony's state at a station as it is on the disk now. */
export function stateOf(stage: Stage, { home }: Player): AttemptState {
  const state = loadAttempt(home, toHex(stage.ceremony));
  if (state === null) throw new Error('no state');
  return state;
}

/** As `stateOf`, where the attempt is open. */
export function openStateOf(stage: Stage, player: Player): OperatorAt<'open'> {
  const state = stateOf(stage, player);
  if (state.step !== 'open') throw new Error(`the attempt is ${state.step}`);
  return state;
}

/**
 * Leaves the disk as if the program had ended right after the last line of that event: the journal ends
 * there, and `state` stands.
 */
export function crashAfter(stage: Stage, player: Player, event: EventName, state: AttemptState): void {
  const { journal } = player.home.ceremony(toHex(stage.ceremony));
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
  const last = lines.findLastIndex((line) => line.includes(`"event":"${event}"`));
  if (last < 0) throw new Error(`no line ${event}`);
  writeFileSync(journal, `${lines.slice(0, last + 1).join('\n')}\n`);
  saveAttempt(player.home, state);
}

/** What these journals lack as they are made: nobody agrees a plan, signs off, or revokes the token. */
const NOT_PLAYED: readonly string[] = ['no-checkpoint', 'no-plan', 'not-revoked'];

/** A message, and whose journal says that they sent it, or took it in. */
type Crossing = readonly [UnlockedIdentity, SignedMessage];

/**
 * What verify finds wrong with the stations' journals, beside those of people whose journals say exactly what
 * is given.
 */
export async function findingsOf(
  stage: Stage,
  stations: readonly Player[],
  others: { readonly sent: readonly Crossing[]; readonly received: readonly Crossing[] },
): Promise<string[]> {
  const ceremony = toHex(stage.ceremony);
  const signers = [stage.officer, ...stage.custodians, ...stations.map(({ identity }) => identity)];
  const journals = stations.map(({ home, identity }) => ({
    name: identity.station,
    path: home.ceremony(ceremony).journal,
  }));
  for (const person of [stage.officer, ...stage.custodians]) {
    const path = join(newFolder(), 'journal.jsonl');
    const origin = { station: person.station, who: toHex(person.fingerprint), ceremony, rehearsal: false };
    const journal = Journal.open(path, { ...origin, clock: () => new Date() });
    journal.append('journal-opened', {
      program: 'airlock',
      version: '1',
      name: person.name,
      role: person.role,
      fingerprint: origin.who,
    });
    for (const [who, { envelope, digest }] of others.sent) {
      if (who !== person) continue;
      journal.append('message-sent', { type: envelope.type, digest: toHex(digest), carrier: 'qr' });
    }
    for (const [who, { envelope, digest }] of others.received) {
      if (who !== person) continue;
      const from = toHex(
        signers.find(({ fingerprint }) => equal(fingerprint, envelope.from))?.fingerprint ?? new Uint8Array(),
      );
      journal.append('message-received', { type: envelope.type, digest: toHex(digest), from, carrier: 'qr' });
    }
    journals.push({ name: person.station, path });
  }
  const report = await verifyTranscript({
    stations: journals.map(({ name, path }) => ({
      name,
      journal: new Uint8Array(readFileSync(path)),
      checkpoint: null,
      signatures: [],
    })),
    keys: [],
  });
  return report.findings
    .filter(({ code }) => !NOT_PLAYED.includes(code))
    .map(({ station, line, code, message }) => `${station}, line ${line}: ${code}: ${message}`);
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => toHex(a) === toHex(b);
