import { cpSync } from 'node:fs';
import { OnlineStation } from '../../../../main/online/online-station';
import type { ServerOptions } from '../../../../main/online/server/client';
import { openHome } from '../../../../main/store/home';
import type { UnlockedIdentity } from '../../../../main/store/identity';
import { toHex } from '../../../../shared/bytes';
import type { Body } from '../../../../shared/message/body';
import { seal, sealingKeyId } from '../../../../shared/message/seal';
import { type SignedMessage, signMessage } from '../../../../shared/message/wire';
import type { TaskEntry } from '../../../../shared/task/task';
import { newFolder, type Player, type Stage, shareMessage, startMessage } from '../stage';

/** What an officer's laptop does with a result: the token sealed to the station that it names. */
export async function handoffMessage(
  stage: Stage,
  result: SignedMessage<'result'>,
  token: Uint8Array,
  change: Partial<Body<'handoff'>> & { readonly ceremony?: Uint8Array; readonly prev?: Uint8Array } = {},
  signer: UnlockedIdentity = stage.officer,
): Promise<SignedMessage<'handoff'>> {
  const { nonce, station } = result.envelope.body;
  if (station === undefined) throw new Error('the result names no key');
  const { ceremony = stage.ceremony, prev = result.digest, ...body } = change;
  const expiresAt = body.expiresAt ?? station.expiresAt;
  const sealed = await seal(token, station.sealingKey, {
    purpose: 'handoff',
    ceremony,
    nonce,
    expiresAt,
    sender: signer.fingerprint,
  });
  return signMessage(
    {
      v: 1,
      type: 'handoff',
      ceremony,
      prev,
      issuedAt: new Date().toISOString(),
      from: signer.fingerprint,
      body: { nonce, sealedTo: sealingKeyId(station.sealingKey), sealed, expiresAt, ...body },
    },
    signer.privateKey,
  );
}

/** A limited token of the policy “ops”, for that person. `recipient`: their fingerprint. */
export const opsToken = (recipient: Uint8Array | undefined): TaskEntry => ({
  task: 'create-token',
  policies: ['ops'],
  withDefault: true,
  type: 'service',
  orphan: true,
  renewable: false,
  ttl: 3600,
  maxTtl: 0,
  period: 0,
  uses: 0,
  name: 'ops',
  recipient: toHex(recipient ?? new Uint8Array()),
});

/** An attempt with these tasks that the first operator's station has finished. */
export async function finishedAttempt(
  stage: Stage,
  shares: readonly string[],
  tasks: readonly TaskEntry[],
  tokenKind: Body<'start'>['tokenKind'] = 'root',
): Promise<SignedMessage<'result'>> {
  const [operator] = stage.operators;
  const { message } = await operator.station.status();
  const start = await startMessage(stage, message, { tasks: tasks as Body<'start'>['tasks'], tokenKind });
  const attempt = await operator.station.start(start);
  for (let i = 0; i < attempt.required; i++) {
    const custodian = stage.custodians[i];
    if (custodian === undefined) break;
    const share = await shareMessage(stage, custodian, attempt.message, shares[i] ?? '');
    const { result } = await operator.station.submit(share);
    if (result !== null) return result;
  }
  throw new Error('the server made no token');
}

/** A station whose home is a copy, at another server: what one station went through, others go on from. */
export function copiedStation(player: Player, server: ServerOptions): Player {
  const dir = newFolder();
  cpSync(player.home.dir, dir, { recursive: true });
  const home = openHome(dir);
  return {
    home,
    identity: player.identity,
    station: new OnlineStation({ home, identity: player.identity, server }),
  };
}
