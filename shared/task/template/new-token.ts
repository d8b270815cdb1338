import { durationWords } from '../duration';
import type { Fields } from '../fields';
import type { CreateToken } from '../task';
import { TaskError } from '../task-error';
import { requireSmall, type TaskRequest, taskRequest } from '../task-request';
import { type NameOf, recipientName, type TaskWords } from '../task-words';
import { policyName } from './policy';

/** Policies that the servers give to no token that is asked for. */
const notGiven = ['response-wrapping', 'control-group'];

export function readNewToken(fields: Fields): CreateToken {
  const type = fields.oneOf('type', ['service', 'batch'], 'service');
  const recipient = fields.person('recipient');
  const task: CreateToken = {
    task: 'create-token',
    policies: fields.words('policies'),
    withDefault: fields.flag('withDefault', true),
    type,
    orphan: fields.flag('orphan', true),
    renewable: fields.flag('renewable', false),
    ttl: fields.duration('ttl'),
    maxTtl: fields.duration('maxTtl'),
    period: fields.duration('period'),
    uses: fields.count('uses', 1_000_000),
    name: fields.line('name', 60),
    recipient: recipient ?? '',
  };
  if (task.policies.length > 20) {
    throw new TaskError('too-long', 'policies', 'A plan gives a token 20 policies at most.');
  }
  return task;
}

/**
 * Throws `TaskError`: policies of which the token would be a root token or something else than said, and
 * choices that exclude one another. Of those the servers refuse some, and pass over others in silence: then
 * the token would not be what everyone has read (docs/server-facts.md, "Limited tokens").
 */
export function requireNewToken(task: CreateToken): void {
  requirePolicies(task);
  if (task.recipient === '') {
    throw new TaskError(
      'missing',
      'recipient',
      'Say for whom the token is: it is sealed to them, and shown to nobody else.',
    );
  }
  if (!/^[A-Za-z0-9]?[A-Za-z0-9-]*$/.test(task.name) || task.name.endsWith('-')) {
    throw new TaskError(
      'not-fitting',
      'name',
      'The name has letters, digits and hyphens between them: servers change other characters.',
    );
  }
  if (task.type === 'batch') refuseForBatch(task);
  requireLife(task);
  requireSmall(newTokenRequests(task), 'policies');
}

function requirePolicies({ policies, withDefault }: CreateToken): void {
  if (policies.length === 0) {
    throw new TaskError(
      'missing',
      'policies',
      'Name a policy. A token that is asked for without any gets those of the root token.',
    );
  }
  if (policies.some((policy) => policy.toLowerCase() === 'root')) {
    throw new TaskError(
      'too-mighty',
      'policies',
      'With the policy “root” this would be another root token, and one that outlives the ceremony. A plan makes none.',
    );
  }
  const odd = policies.find((policy) => !policyName.test(policy));
  if (odd !== undefined) {
    throw new TaskError(
      'not-fitting',
      'policies',
      `“${odd.slice(0, 40)}” is no name of a policy: lower-case letters, digits, and - _ . / between them.`,
    );
  }
  const kept = policies.find((policy) => notGiven.includes(policy));
  if (kept !== undefined)
    throw new TaskError('not-fitting', 'policies', `The servers give “${kept}” to no token.`);
  if (policies.includes('default') && !withDefault) {
    throw new TaskError(
      'impossible-mix',
      'withDefault',
      '“default” is among the policies, and is to be left out: say one of the two.',
    );
  }
}

/** What a batch token can't have: it is kept nowhere, so nothing about it can be counted or changed. */
function refuseForBatch({ period, uses, renewable, maxTtl }: CreateToken): void {
  const asked = [
    ['period', period > 0, 'a period'],
    ['uses', uses > 0, 'a limit of uses'],
    ['renewable', renewable, 'renewal'],
    ['maxTtl', maxTtl > 0, 'an explicit max TTL'],
  ] as const;
  for (const [field, is, what] of asked) {
    if (!is) continue;
    throw new TaskError(
      'impossible-mix',
      field,
      `A batch token can’t have ${what}: the server keeps nothing of it. Make it a service token, or leave that out.`,
    );
  }
}

function requireLife({ ttl, maxTtl, period, renewable }: CreateToken): void {
  if (period > 0 && !renewable) {
    throw new TaskError(
      'impossible-mix',
      'renewable',
      'A period is how long each renewal lasts: without renewal it means nothing. Give a TTL instead, or let it be renewed.',
    );
  }
  if (period > 0 && ttl > 0) {
    throw new TaskError(
      'impossible-mix',
      'ttl',
      'With a period the server passes over the TTL: the period is how long it lives. Say one of the two.',
    );
  }
  if (period === 0 && ttl === 0) {
    throw new TaskError(
      'missing',
      'ttl',
      'Say how long the token lives. Otherwise the server takes its own default, mostly 32 days.',
    );
  }
  if (maxTtl > 0 && maxTtl < Math.max(ttl, period)) {
    throw new TaskError(
      'impossible-mix',
      'maxTtl',
      'The explicit max TTL is shorter than what the token is to live: the server would cut that.',
    );
  }
}

export const newTokenRequests = (task: CreateToken): TaskRequest[] => [
  taskRequest('POST', 'auth/token/create', {
    policies: task.policies,
    type: task.type,
    no_parent: task.orphan,
    no_default_policy: !task.withDefault,
    renewable: task.renewable,
    ...(task.ttl > 0 ? { ttl: `${task.ttl}s` } : {}),
    ...(task.maxTtl > 0 ? { explicit_max_ttl: `${task.maxTtl}s` } : {}),
    ...(task.period > 0 ? { period: `${task.period}s` } : {}),
    ...(task.uses > 0 ? { num_uses: task.uses } : {}),
    ...(task.name === '' ? {} : { display_name: task.name }),
  }),
];

export function newTokenWords(task: CreateToken, nameOf: NameOf): TaskWords {
  const who = recipientName(task.recipient, nameOf);
  return {
    title: `Create a limited token for ${who}`,
    points: [
      policiesSentence(task),
      lifeSentence(task),
      ...(task.uses > 0
        ? [
            `It may make ${task.uses === 1 ? 'one request' : `${task.uses} requests`}, whatever they ask. Then it is dead.`,
          ]
        : []),
      task.orphan
        ? 'It has no parent, so it goes on living when this root token is revoked (orphan).'
        : 'It is a child of this root token, and dies when the last task revokes that.',
      task.type === 'service'
        ? 'It is a service token: the server keeps it, and it can be revoked by its accessor.'
        : 'It is a batch token: the server keeps nothing of it. It has no accessor, and can’t be revoked before its time is over.',
      ...(task.name === '' ? [] : [`Logs call it “token-${task.name}”.`]),
      `It is sealed to ${who}, and shown to nobody else.`,
    ],
  };
}

function policiesSentence({ policies, withDefault }: CreateToken): string {
  const all = [...policies, ...(withDefault && !policies.includes('default') ? ['default'] : [])];
  const names = all.map((policy) => `“${policy}”`);
  const last = names.pop() ?? '';
  return names.length === 0
    ? `It may do what the policy ${last} allows.`
    : `It may do what the policies ${names.join(', ')} and ${last} allow.`;
}

function lifeSentence({ ttl, maxTtl, period, renewable }: CreateToken): string {
  const end = maxTtl > 0 ? `, until ${durationWords(maxTtl)} after it was made at the latest` : '';
  if (period > 0) {
    return `It lives ${durationWords(period)}, and anew each time that it is renewed${end || ', for as long as somebody does so'} (periodic).`;
  }
  if (!renewable) return `It lives ${durationWords(ttl)}, and can’t be renewed.`;
  return `It lives ${durationWords(ttl)}, and can be renewed${end || ', until the server’s own limit, mostly 32 days'}.`;
}
