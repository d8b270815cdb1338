import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { describeVault121, REAL_START_MS } from '../real/describe-real';
import { startRealVault } from '../real/real-vault';
import { ATTEMPT, call, fixedOtp, type Json, type Server, spoiled, UPDATE } from './api';

/** A step of a walk; what it needs of a server is looked up when it is taken. */
type Step =
  | { readonly do: 'status' | 'begin' | 'begin without OTP' | 'begin wrongly' | 'cancel' }
  | { readonly do: 'share'; readonly index: number; readonly form: Form; readonly nonce: 'right' | 'wrong' };

type Form = 'hex' | 'base64' | 'spoiled' | 'shortened';

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'status' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'begin' }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'begin without OTP' }, { do: 'begin wrongly' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'cancel' }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('share' as const),
      index: fc.nat({ max: 4 }),
      form: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom<Form>('hex', 'base64') },
        { weight: 1, arbitrary: fc.constantFrom<Form>('spoiled', 'shortened') },
      ),
      nonce: fc.oneof(
        { weight: 12, arbitrary: fc.constant('right' as const) },
        { weight: 1, arbitrary: fc.constant('wrong' as const) },
      ),
    }),
  },
);

/**
 * Takes the walk on a server that has no attempt, and returns its answers with what is random in them named.
 */
async function walk(server: Server, steps: readonly Step[]): Promise<Json[]> {
  await call(server, 'DELETE', ATTEMPT);
  const answers: Json[] = [];
  let nonce = '';
  for (const each of steps) {
    const { status, json } = await take(server, each, nonce);
    if (json?.nonce) nonce = json.nonce;
    answers.push([status, named(json, nonce)]);
  }
  return answers;
}

function take(server: Server, each: Step, nonce: string) {
  switch (each.do) {
    case 'status':
      return call(server, 'GET', ATTEMPT);
    case 'begin':
      return call(server, 'PUT', ATTEMPT, { body: { otp: fixedOtp(server) } });
    case 'begin without OTP':
      return call(server, 'PUT', ATTEMPT);
    case 'begin wrongly':
      return call(server, 'PUT', ATTEMPT, { body: { otp: 'short' } });
    case 'cancel':
      return call(server, 'DELETE', ATTEMPT);
    case 'share': {
      const key = inForm(server.shares[each.index] ?? '', each);
      return call(server, 'PUT', UPDATE, { body: { key, nonce: each.nonce === 'right' ? nonce : 'wrong' } });
    }
  }
}

function inForm(share: string, { form, index }: { form: Form; index: number }): string {
  if (form === 'base64') return Buffer.from(share, 'hex').toString('base64');
  // Each in a byte of its own: at the same place, one quorum in 255 would make up for one spoiled share by
  // another.
  if (form === 'spoiled') return spoiled(share, index);
  return form === 'shortened' ? share.slice(2) : share;
}

function named(json: Json, nonce: string): string {
  const text = JSON.stringify(json, (key, value) =>
    /^(encoded_token|encoded_root_token|otp)$/.test(key) ? value.replace(/./g, '*') : value,
  );
  return nonce === '' ? text : text.replaceAll(nonce, 'NONCE');
}

describeVault121('the rehearsal server and a real Vault', () => {
  const servers: Server[] = [];
  beforeAll(async () => {
    const options = { listen: '127.0.0.1:0', shares: 5, threshold: 3, tokenFormat: 'hvs' } as const;
    servers.push(await startRehearsalServer(options), await startRealVault());
  }, REAL_START_MS);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });

  test('answer the same, byte for byte, on any way through an attempt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const begun: Step[] = [{ do: 'begin' }, ...steps, { do: 'status' }];
        const [rehearsed, real] = await Promise.all(servers.map((server) => walk(server, begun)));
        expect(rehearsed).toEqual(real);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
