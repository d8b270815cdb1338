import { z } from 'zod';
import { isPlainLine } from '../plain-text';
import { longestDuration } from './duration';
import { isCanonicalObject } from './json-object';

// The shape of tasks, as messages, journals and files have them. What a plan may not do is said by the rules
// beside each template: a later version may forbid more, and has to read what earlier ones wrote.

const line = (min: number, max: number) =>
  z.string().min(min).max(max).refine(isPlainLine, 'must be one line of plain text');
const jsonObject = z.string().min(2).max(6000).refine(isCanonicalObject, 'must be a JSON object');
/** Seconds; 0: none. */
const seconds = z.int().min(0).max(longestDuration);
/** Fingerprint of a person of the roster: 40 digits of lower-case hex. */
const person = z
  .string()
  .length(40)
  .regex(/^[0-9a-f]{40}$/);
const path = line(1, 200);

const writePolicy = z.strictObject({
  task: z.literal('write-policy'),
  name: line(1, 100),
  /** The policy in HCL, line by line. */
  policy: z.array(line(0, 300)).max(200),
});

const enableAuth = z.strictObject({
  task: z.literal('enable-auth'),
  path,
  type: line(1, 60),
  about: line(0, 120),
  /** How it is mounted: `config` of the request that enables it. */
  mount: jsonObject.optional(),
  /** The method's own configuration, sent to `auth/<path>/config`. */
  config: jsonObject.optional(),
});

const enableAudit = z.strictObject({
  task: z.literal('enable-audit'),
  path,
  type: z.enum(['file', 'syslog', 'socket']),
  about: line(0, 120),
  options: jsonObject,
});

const createToken = z.strictObject({
  task: z.literal('create-token'),
  policies: z.array(line(1, 100)).max(20),
  /** Whether the server's own policy `default` is added. */
  withDefault: z.boolean(),
  type: z.enum(['service', 'batch']),
  orphan: z.boolean(),
  renewable: z.boolean(),
  ttl: seconds,
  maxTtl: seconds,
  period: seconds,
  /** How many requests it may make; 0: any number. */
  uses: z.int().min(0).max(1_000_000),
  name: line(0, 60),
  /** For whom it is made: to them it is sealed. */
  recipient: person,
});

const revokeAccessor = z.strictObject({
  task: z.literal('revoke-accessor'),
  accessor: line(1, 120),
  about: line(0, 120),
});

const listRootTokens = z.strictObject({ task: z.literal('list-root-tokens') });

const request = z.strictObject({
  task: z.literal('request'),
  method: z.enum(['GET', 'LIST', 'POST', 'PUT', 'DELETE']),
  path: line(1, 300),
  body: jsonObject.optional(),
  about: line(0, 120),
  /** For whom the answer is; without one it is not kept. */
  recipient: person.optional(),
});

const revokeSelf = z.strictObject({ task: z.literal('revoke-self') });

/** A task of a template. */
export const templateTask = z.union([
  writePolicy,
  enableAuth,
  enableAudit,
  createToken,
  revokeAccessor,
  listRootTokens,
  request,
  revokeSelf,
]);

/**
 * A task as messages, journals and files have it: a map for a template, or a line of text for what a person
 * does by hand. Plans of earlier versions have lines only.
 */
export const taskEntry = z.union([line(1, 120), templateTask]);
export type TaskEntry = z.infer<typeof taskEntry>;

/** How many tasks a plan has at most. */
export const taskEntries = z.array(taskEntry).max(12);

export type WritePolicy = z.infer<typeof writePolicy>;
export type EnableAuth = z.infer<typeof enableAuth>;
export type EnableAudit = z.infer<typeof enableAudit>;
export type CreateToken = z.infer<typeof createToken>;
export type RevokeAccessor = z.infer<typeof revokeAccessor>;
export type ListRootTokens = z.infer<typeof listRootTokens>;
export type ServerRequest = z.infer<typeof request>;
export type RevokeSelf = z.infer<typeof revokeSelf>;
/** Done by a person, and by no station. */
export interface ByHand {
  readonly task: 'by-hand';
  readonly text: string;
}

export type Task = Exclude<TaskEntry, string> | ByHand;
export type TaskName = Task['task'];
