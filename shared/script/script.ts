import { z } from 'zod';

// The script of a ceremony: what is done, by whom, what must be seen, and who signs for it. It is plain text
// that a team writes for itself, kept in the officer's home, and recorded as a whole in the journal of each
// ceremony that goes by it.

/** How a line of text is held against what it has to be: a file refuses what a journal would have cleaned. */
export type ScriptLine = (min: 0 | 1, max: number) => z.ZodType<string, string>;

/** How much a script may hold. */
export const scriptLimits = {
  roles: 12,
  sections: 20,
  steps: 24,
  checks: 8,
  statements: 12,
  /** Bytes of its file, at most. */
  file: 65_536,
} as const;

/** What the program itself does and records, so that such a step fills itself in from the journal. */
export const ownStep = z.enum([
  'plan-agreed',
  'server-known',
  'secret-made',
  'start-shown',
  'attempt-known',
  'shares-collected',
  'token-decoded',
  'token-passed-on',
  'token-revoked',
  'secret-destroyed',
]);
export type OwnStep = z.infer<typeof ownStep>;

/** The role of a ceremony's plan that a role of the script is. Without one: of the script alone. */
const plays = z.enum(['officer', 'custodian', 'operator', 'witness']);

const role = (line: ScriptLine) =>
  z.strictObject({
    /** As the steps name it: "safe controller". */
    name: line(1, 40),
    duty: line(0, 200),
    plays: plays.optional(),
  });

const step = (line: ScriptLine) =>
  z.strictObject({
    action: line(1, 300),
    /** Name of a role of the script: who does it. */
    by: line(1, 40),
    /** What must be seen. */
    expected: line(0, 300),
    checks: z
      .array(
        z.strictObject({
          text: line(1, 160),
          /** What is written down besides the tick, such as "bag number". Left out: nothing. */
          value: line(1, 40).optional(),
        }),
      )
      .max(scriptLimits.checks),
    /** The program does it, and fills it in. Left out: people do. */
    own: ownStep.optional(),
  });

/** What a journal and a file have of a section. */
export const sectionShape = (line: ScriptLine) => ({
  title: line(1, 80),
  /** Names of the roles that sign for it on paper. */
  signs: z.array(line(1, 40)).max(scriptLimits.roles),
  steps: z.array(step(line)).max(scriptLimits.steps),
});

/** What a journal and a file have of a script besides its sections. */
export const scriptHeadShape = (line: ScriptLine) => ({
  title: line(1, 80),
  version: line(1, 20),
  about: line(0, 300),
  /** What the plan takes over where the officer has not said it. Earlier versions had no such field. */
  proposes: z
    .strictObject({ purpose: line(1, 300).optional(), method: z.enum(['pgp', 'otp']).optional() })
    .optional(),
  roles: z.array(role(line)).max(scriptLimits.roles),
  /** What each role signs at the end. */
  statements: z.array(z.strictObject({ by: line(1, 40), text: line(1, 600) })).max(scriptLimits.statements),
});

const scriptShape = (line: ScriptLine) =>
  z.strictObject({
    ...scriptHeadShape(line),
    sections: z.array(z.strictObject(sectionShape(line))).max(scriptLimits.sections),
  });

/** A script whose text is held against `line`. */
export const scriptOf = scriptShape;

export type Script = z.infer<ReturnType<typeof scriptShape>>;
export type ScriptSection = Script['sections'][number];
export type ScriptStep = ScriptSection['steps'][number];
export type ScriptRole = Script['roles'][number];
