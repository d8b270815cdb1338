import { z } from 'zod';

/** What it proposes for the plan; null: that it leaves to the officer. */
const proposes = z
  .object({ purpose: z.string().optional(), method: z.enum(['pgp', 'otp']).optional() })
  .nullable();

/** A script that the home keeps, as the plan offers it. */
export const keptScriptView = z.object({
  sha256: z.string(),
  /** Four words of that hash. */
  words: z.string(),
  title: z.string(),
  version: z.string(),
  about: z.string(),
  proposes,
  steps: z.int(),
  isStandard: z.boolean(),
});
export type KeptScriptView = z.infer<typeof keptScriptView>;

const stepRecord = z.object({
  at: z.string(),
  by: z.string(),
  actual: z.string(),
  deviation: z.string(),
  decidedBy: z.string(),
  checks: z.array(z.object({ done: z.boolean(), value: z.string() })),
});

const stepView = z.object({
  /** "2.3": section and step, from 1. */
  number: z.string(),
  section: z.int(),
  step: z.int(),
  action: z.string(),
  by: z.string(),
  expected: z.string(),
  /** `value`: what is written down with the tick; null: nothing. */
  checks: z.array(z.object({ text: z.string(), value: z.string().nullable() })),
  /** The program does it, and fills it in. */
  isOwn: z.boolean(),
  state: z.enum(['open', 'as-expected', 'deviation']),
  /** When, by whom and with what it ended; null while it is open. */
  end: z.object({ at: z.string(), by: z.string(), actual: z.string() }).nullable(),
  /** What the program did of it so far, as a sentence. */
  done: z.string().nullable(),
  record: stepRecord.nullable(),
  /** Number of a later step that was carried out before; null: none was. */
  after: z.string().nullable(),
});
export type ScriptStepView = z.infer<typeof stepView>;

/** The script of the open ceremony, and how it was carried out so far. */
export const scriptView = z.object({
  sha256: z.string(),
  words: z.string(),
  title: z.string(),
  version: z.string(),
  about: z.string(),
  proposes,
  steps: z.int(),
  open: z.int(),
  deviations: z.int(),
  sections: z.array(z.object({ title: z.string(), signs: z.array(z.string()), steps: z.array(stepView) })),
  /** `people`: names of those who have the role, of the plan and of the script. */
  roles: z.array(z.object({ name: z.string(), duty: z.string(), people: z.array(z.string()) })),
  /** Those who are there besides the plan's people. */
  extra: z.array(z.object({ role: z.string(), name: z.string(), organisation: z.string() })),
  /** The break that lasts; null: none does. */
  rest: z.object({ from: z.string(), stayed: z.string() }).nullable(),
});
export type ScriptView = z.infer<typeof scriptView>;
