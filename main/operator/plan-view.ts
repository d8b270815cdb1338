import { toHex } from '../../shared/bytes';
import { aloneSentence } from '../../shared/ceremony/giving';
import { requireSoundPlan, type SoundPlan } from '../../shared/ceremony/plan-check';
import { serverInPlan } from '../../shared/ceremony/plan-taken';
import type { Advice } from '../../shared/ceremony/preflight';
import { DEFAULT_TOKEN_MINUTES } from '../../shared/ceremony/token-minutes';
import type { ProposalView } from '../../shared/ipc/online/app-state';
import type { Envelope } from '../../shared/message/envelope';
import { shownTasks } from '../../shared/task/shown-task';
import type { JournalLine } from '../../shared/transcript/event';
import { ceremonyWords } from '../../shared/words';
import type { Plan } from '../online/attempt/plan';
import { givers } from './givers';

type PlanFacts = Omit<ProposalView, 'kind' | 'title' | 'words' | 'rehearsal' | 'advice'>;

/** What an officer's plan says, for the operator's eyes. `own`: this operator's fingerprint, hex. */
export function planFacts(
  { body, from }: Pick<Envelope<'start'>, 'body' | 'from'>,
  { roster, steps, alone }: SoundPlan,
  own: string,
  lines: readonly JournalLine[],
  nonce: string,
): PlanFacts {
  const officer = roster.find(({ fingerprint }) => fingerprint === toHex(from));
  const warnings =
    alone.length === 0 ? [] : [`By this plan ${aloneSentence(alone.map(({ name }) => name))}.`];
  if (body.sameStationAllowed)
    warnings.push('By this plan the station that starts may finish, and could then read the token.');
  return {
    purpose: body.purpose,
    ticket: body.ticket,
    tasks: shownTasks(body.tasks, roster, body.tokenKind),
    method: body.method,
    tokenKind: body.tokenKind,
    tokenMinutes: body.tokenMinutes ?? DEFAULT_TOKEN_MINUTES,
    officer: officer?.name ?? '',
    server: body.server.address,
    cluster: body.server.clusterName || body.server.clusterId,
    ...serverInPlan(body.server),
    required: body.threshold,
    givers: givers(roster, steps, own, lines, nonce),
    warnings,
  };
}

/** A plan of which nothing was sent yet. `kind`: of the message that brought it. */
export function proposalView(
  { envelope, message, ceremony }: Plan,
  kind: ProposalView['kind'],
  own: string,
  advice: readonly Advice[],
): ProposalView {
  const sound = requireSoundPlan(envelope, message.digest, null);
  return {
    kind,
    title: envelope.body.title,
    words: ceremonyWords(envelope.ceremony ?? new Uint8Array()),
    rehearsal: envelope.body.rehearsal,
    ...planFacts(envelope, sound, own, [], ceremony),
    advice: [...advice],
  };
}
