import { z } from 'zod';

/** As much of the flat state (`v: 1`) as has to be looked at. What it becomes is parsed in full. */
const flat = z.strictObject({
  v: z.literal(1),
  role: z.literal('officer'),
  id: z.string(),
  step: z.string(),
  draft: z.unknown(),
  roster: z.array(z.unknown()),
  server: z.unknown(),
  key: z.looseObject({}).nullable(),
  otp: z.looseObject({}).nullable(),
  start: z.string().nullable(),
  attempt: z.looseObject({ nonce: z.string() }).nullable(),
  result: z.looseObject({ nonce: z.string() }).nullable(),
  token: z.unknown(),
  destroyedAt: z.string().nullable(),
  updatedAt: z.string(),
});

/**
 * An officer's ceremony as the version before wrote it to disk: every field at every step, null where there
 * was nothing yet. Its value has the fields that its step has now, and is to be parsed as such.
 */
export const officerBefore = flat.transform((state): unknown => {
  const { role, id, step, draft, roster, server, key, otp, start, attempt, result, token, updatedAt } = state;
  const begun = { v: 2, role, id, step, draft, updatedAt };
  const secret = key === null ? { kind: 'otp', ...otp } : { kind: 'pgp', ...key };
  const sent = { ...begun, roster, server, secret, start, attempt };
  switch (step) {
    case 'plan':
      return { ...begun, server };
    case 'key':
      return { ...begun, roster, server };
    case 'start':
    case 'result':
      return sent;
    case 'sign-off':
      return {
        ...begun,
        destroyedAt: state.destroyedAt,
        nonce: attempt?.nonce ?? (result?.nonce || null),
      };
    default:
      return { ...sent, result, token };
  }
});
