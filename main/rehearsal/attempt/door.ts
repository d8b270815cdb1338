import { z } from 'zod';
import type { Wording } from '../generation';
import { type Body, ignoredFieldsWarning, parseBody, parseFields } from '../http/body';
import { coreRefusal, noContent, ok, Refusal, type Reply } from '../http/reply';
import type { Request } from '../http/request';
import type { LogicalPaths } from '../logical/logical-path';
import type { Namespace } from '../namespace/namespace';
import type { Attempt, AttemptAnswer } from './attempt';
import { decodeShare } from './share-text';

const INIT = z.object({ otp: z.string().default(''), pgp_key: z.string().default('') });
const UPDATE = z.object({ key: z.string().default(''), nonce: z.string().default('') });

/**
 * Answers on a path of flat JSON: `attempt`, or `update` of it. Throws `Refusal`, and `ConnectionLost` where
 * a real server panics.
 */
export function answerFlat(
  attempt: Attempt,
  what: 'attempt' | 'update',
  request: Request,
  { unreadable }: Wording,
): Promise<Reply> {
  const body = (): Body => inLowerCase(parseBody(request.body, unreadable));
  return what === 'attempt' ? answerAttempt(attempt, request, body) : answerUpdate(attempt, request, body);
}

async function answerAttempt(attempt: Attempt, { method }: Request, body: () => Body): Promise<Reply> {
  switch (method) {
    case 'GET':
      return ok(attempt.status());
    case 'POST':
    case 'PUT': {
      const { otp, pgp_key } = parseFields(INIT, body());
      return ok(await attempt.init(otp, pgp_key));
    }
    case 'DELETE':
      attempt.cancel();
      return noContent;
    default:
      throw new Refusal(405);
  }
}

async function answerUpdate(attempt: Attempt, { method }: Request, body: () => Body): Promise<Reply> {
  if (method !== 'PUT' && method !== 'POST') throw new Refusal(405);
  const { key, nonce } = parseFields(UPDATE, body());
  if (key === '') throw new Refusal(400, "'key' must be specified in request body as JSON");
  return ok(await attempt.update(decodeShare(key), nonce));
}

/**
 * Vault takes the field names of an attempt in any case. An OTP under another name must not be passed over.
 */
const inLowerCase = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).map(([name, field]) => [name.toLowerCase(), field]));

/** The same behind a token, with the fields under `data`: the paths below `path`. */
export const dataPaths = (
  path: string,
  attemptIn: (namespace: Namespace | null) => Attempt,
): LogicalPaths => ({
  [`${path}/attempt`]: {
    operations: ['read', 'update', 'delete'],
    schema: INIT,
    byDefault: [],
    answer: async ({ namespace, operation, body }) => {
      const attempt = attemptIn(namespace);
      if (operation === 'read') return { data: attemptData(attempt.status()) };
      if (operation === 'delete') {
        attempt.cancel();
        return null;
      }
      const { otp, pgp_key } = parseFields(INIT, body);
      const begun = await attempt.init(otp, pgp_key);
      return { data: attemptData(begun), warnings: ignoredFieldsWarning(INIT, body) };
    },
  },
  [`${path}/update`]: {
    operations: ['update'],
    schema: UPDATE,
    byDefault: [],
    answer: async ({ namespace, body }) => {
      const { key, nonce } = parseFields(UPDATE, body);
      if (nonce === '') throw new Refusal(400, 'nonce is required');
      if (key === '') throw new Refusal(400, 'key is required');
      const attempt = attemptIn(namespace);
      return { data: updateData(await inCore(() => attempt.update(decodeShare(key), nonce))) };
    },
  },
});

/** Here a refusal of the attempt comes wrapped, and as the server's own failure. */
async function inCore(work: () => Promise<AttemptAnswer>): Promise<AttemptAnswer> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? coreRefusal(500, error.message) : error;
  }
}

const attemptData = ({ complete, otp, otp_length, progress, required, started, ...open }: AttemptAnswer) => ({
  complete,
  ...(started ? { nonce: open.nonce } : {}),
  otp,
  otp_length,
  ...(started ? { pgp_fingerprint: open.pgp_fingerprint } : {}),
  progress,
  required,
  started,
});

const updateData = (answer: AttemptAnswer) => ({
  complete: answer.complete,
  encoded_token: answer.encoded_token,
  nonce: answer.nonce,
  pgp_fingerprint: answer.pgp_fingerprint,
  progress: answer.progress,
  required: answer.required,
  started: answer.started,
});
