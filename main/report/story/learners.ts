import { aloneSentence, whoSeesQuorum } from '../../../shared/ceremony/giving';
import { roleSchema } from '../../../shared/message/body';
import type { EventData } from '../../../shared/transcript/event';
import type { Lane } from './lanes';
import { type LaneLine, linesOf } from './order';

/**
 * Who could have learned the root token, as sentences: by the plan's method (docs/design.md, "Who can do what
 * alone"), and by what the journals tell besides.
 */
export function learnersOf(
  lanes: readonly Lane[],
  lines: readonly LaneLine[],
  plan: EventData<'plan-agreed'> | null,
): string[] {
  const label = (lane: number): string => lanes[lane]?.label ?? '';
  const officer = lanes.find(({ role }) => role === 'officer')?.label ?? 'the officer’s laptop';
  const sentences: string[] = [];
  const alone = plan === null ? [] : aloneByPlan(plan, lines);
  if (plan?.method === 'pgp') {
    sentences.push(
      `By PGP the server and the officer’s laptop (${officer}) learn it${alone.length > 0 ? '' : ', nobody else'}.`,
    );
  } else if (plan?.method === 'otp') {
    sentences.push(
      `By one-time password the server and the officer’s laptop (${officer}) learn it, and any machine that saw both the password and the encoded token.`,
    );
    const starters = new Set(linesOf(lines, 'attempt-started').map(({ lane }) => lane));
    const both = linesOf(lines, 'share-submitted').filter(
      ({ lane, line }) => line.data.complete && starters.has(lane),
    );
    for (const { lane } of both) {
      sentences.push(
        `${label(lane)} started with the password and saw the encoded token: it could have decoded it${plan.sameStationAllowed ? ', which the officer allowed' : ''}.`,
      );
    }
    if (plan.sameStationAllowed && both.length === 0) {
      sentences.push('The officer allowed one station to start and to finish, an exception to the rule.');
    }
  }
  if (alone.length > 0) {
    sentences.push(
      `By the plan ${aloneSentence(alone)}. Whoever controls a station that submits a whole quorum sees the shares in clear for a moment, can rebuild the root key, and can start an attempt with a key of its own and lie about it to every laptop.`,
    );
  }
  const handed = [...linesOf(lines, 'token-used'), ...linesOf(lines, 'token-revoked')]
    .filter(({ line }) => line.event === 'token-used' || line.data.by === 'token')
    .map(({ lane }) => label(lane));
  const sealed = new Set(linesOf(lines, 'token-opened').map(({ lane }) => label(lane)));
  for (const station of sealed) {
    sentences.push(
      `Besides, it was handed over to ${station}, sealed: that station had it until it was revoked, and no person there saw it.`,
    );
  }
  for (const station of new Set(handed)) {
    if (sealed.has(station)) continue;
    sentences.push(`Besides, ${station} was given the token itself, to use or to revoke it.`);
  }
  const shown = linesOf(lines, 'token-shown').length;
  if (shown > 0) {
    sentences.push(
      `Besides, it was shown on the officer’s screen ${shown === 1 ? 'once' : `${shown} times`}: whoever watched could read it.`,
    );
  }
  for (const { lane, line } of linesOf(lines, 'share-submitted')) {
    if (line.data.sharesSeenHere < line.data.required) continue;
    sentences.push(
      `Besides, ${label(lane)} opened as many share messages as a quorum: where they held different shares, it could have rebuilt the root key.`,
    );
  }
  return [...new Set(sentences)];
}

/** Names of those who alone had a whole quorum by the plan and its newest amendment. */
function aloneByPlan(
  { roster, threshold }: EventData<'plan-agreed'>,
  lines: readonly LaneLine[],
): readonly string[] {
  const people = roster.flatMap((person) => {
    const role = roleSchema.safeParse(person.role);
    return role.success ? [{ ...person, role: role.data }] : [];
  });
  const steps = linesOf(lines, 'plan-amended').at(-1)?.line.data.steps ?? [];
  return whoSeesQuorum(people, steps, threshold).map(({ name }) => name);
}
