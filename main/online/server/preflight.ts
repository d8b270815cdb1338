import { z } from 'zod';
import { type Advice, type PreflightFacts, preflightAdvice } from '../../../shared/ceremony/preflight';
import { type Answer, readAnswer } from './answer';
import type { RawAnswer, ServerClient } from './client';
import { openAttempt, type ServerFacts } from './facts';
import { requestAudit, requestLeader } from './requests';
import { ServerError } from './server-error';

/**
 * What there is to know of a server before an attempt is begun there. Two more questions, which change
 * nothing. `facts`: what it said just now; `now`: by this station's clock. Never throws for what a server
 * doesn't tell: that is advice, too.
 */
export async function askPreflight(client: ServerClient, facts: ServerFacts, now: Date): Promise<Advice[]> {
  const { server, tokenKind, tokenNeeded, product, attempt } = facts;
  const open = attempt.open ? openAttempt(facts) : null;
  return preflightAdvice({
    tls: client.tls,
    audit: await auditDevices(client, facts),
    tokenKind,
    tokenNeeded,
    product,
    version: server.version,
    attempt: open && { words: open.words, progress: open.progress, required: open.required },
    clockAhead: (facts.serverTime.getTime() - now.getTime()) / 1000,
    namespace: server.namespace,
    ha: await highAvailability(client, facts),
  });
}

/**
 * The audit devices are the whole server's, and told to who has a token (docs/server-facts.md, "Namespaces").
 */
async function auditDevices(
  client: ServerClient,
  { tokenKind }: ServerFacts,
): Promise<PreflightFacts['audit']> {
  if (tokenKind === 'recovery') return 'recovery-mode';
  if (!client.hasToken) return 'no-token';
  const answer = await asked(client, requestAudit);
  const devices = z.record(z.string(), z.unknown()).safeParse(answer?.json['data']);
  if (answer?.ok !== true || !devices.success) return 'refused';
  return Object.keys(devices.data).map((path) => path.replace(/[^\x20-\x7e]/g, '?').slice(0, 60));
}

async function highAvailability(
  client: ServerClient,
  { standby, tokenKind }: ServerFacts,
): Promise<PreflightFacts['ha']> {
  if (standby) return 'standby';
  if (tokenKind === 'recovery') return 'unknown';
  const answer = await asked(client, requestLeader);
  const on = answer?.json['ha_enabled'];
  return typeof on === 'boolean' ? (on ? 'on' : 'off') : 'unknown';
}

/** Null where there is no answer that can be read. */
async function asked(
  client: ServerClient,
  request: (client: ServerClient) => Promise<RawAnswer>,
): Promise<Answer | null> {
  try {
    return readAnswer(await request(client), client.address);
  } catch (error) {
    if (error instanceof ServerError) return null;
    throw error;
  }
}
