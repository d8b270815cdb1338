import { z } from 'zod';
import { isPlainLine } from '../plain-text';
import { longestDuration } from './duration';
import { isCanonicalObject } from './json-object';

// The shape of tasks, as messages, journals and files have them. What a plan may not do is said by the rules
// beside each template: a later version may forbid more, and has to read what earlier ones wrote.

/** How text is held against what it has to be: a message refuses what a journal would have cleaned. */
interface Texts {
  readonly line: (min: 0 | 1, max: number) => z.ZodType<string, string>;
  /** A JSON object in its one form (RFC 8785). */
  readonly json: z.ZodType<string, string>;
  /** Fingerprint of a person of the roster: 40 digits of lower-case hex. */
  readonly person: z.ZodType<string, string>;
}

/** Seconds; 0: none. */
const seconds = z.int().min(0).max(longestDuration);

const mapsOf = ({ line, json, person }: Texts) =>
  z.union([
    z.strictObject({
      task: z.literal('write-policy'),
      name: line(1, 100),
      /** The policy in HCL, line by line. */
      policy: z.array(line(0, 300)).max(200),
    }),
    z.strictObject({
      task: z.literal('enable-auth'),
      path: line(1, 200),
      type: line(1, 60),
      about: line(0, 120),
      /** How it is mounted: `config` of the request that enables it. */
      mount: json.optional(),
      /** The method's own configuration, sent to `auth/<path>/config`. */
      config: json.optional(),
    }),
    z.strictObject({
      task: z.literal('enable-audit'),
      path: line(1, 200),
      type: z.enum(['file', 'syslog', 'socket']),
      about: line(0, 120),
      options: json,
    }),
    z.strictObject({
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
    }),
    z.strictObject({ task: z.literal('revoke-accessor'), accessor: line(1, 120), about: line(0, 120) }),
    z.strictObject({ task: z.literal('list-root-tokens') }),
    z.strictObject({
      task: z.literal('request'),
      method: z.enum(['GET', 'LIST', 'POST', 'PUT', 'DELETE']),
      path: line(1, 300),
      body: json.optional(),
      about: line(0, 120),
      /** For whom the answer is; without one it is not kept. */
      recipient: person.optional(),
    }),
    z.strictObject({ task: z.literal('revoke-self') }),
  ]);

const plainText = (min: number, max: number) =>
  z.string().min(min).max(max).refine(isPlainLine, 'must be one line of plain text');

/** A task of a template, in a message or a file. */
export const templateTask = mapsOf({
  line: plainText,
  json: z.string().max(6000).refine(isCanonicalObject, 'must be a JSON object'),
  person: z.string().regex(/^[0-9a-f]{40}$/),
});

/** The same in a journal. `text`: as a journal has text that is `min` to `max` characters long. */
export const templateTaskInJournal = (text: Texts['line']) =>
  mapsOf({ line: text, json: text(1, 6000), person: text(1, 40) });

/**
 * A task as messages, journals and files have it: a map for a template, or a line of text for what a person
 * does by hand. Plans of earlier versions have lines only.
 */
export const taskEntry = z.union([plainText(1, 120), templateTask]);
export type TaskEntry = z.infer<typeof taskEntry>;

/** How many tasks a plan has at most. */
export const taskEntries = z.array(taskEntry).max(12);

type TaskOf<T extends string> = Extract<Exclude<TaskEntry, string>, { readonly task: T }>;
export type WritePolicy = TaskOf<'write-policy'>;
export type EnableAuth = TaskOf<'enable-auth'>;
export type EnableAudit = TaskOf<'enable-audit'>;
export type CreateToken = TaskOf<'create-token'>;
export type RevokeAccessor = TaskOf<'revoke-accessor'>;
export type ServerRequest = TaskOf<'request'>;
/** Done by a person, and by no station. */
export interface ByHand {
  readonly task: 'by-hand';
  readonly text: string;
}

export type Task = Exclude<TaskEntry, string> | ByHand;
export type TaskName = Task['task'];
