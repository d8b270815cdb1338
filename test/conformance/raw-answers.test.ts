import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { describeVault121, REAL_START_MS } from '../real/describe-real';
import { startRealVault } from '../real/real-vault';
import { ATTEMPT, call, type Server } from './api';
import { type RawAnswer, type RawRequest, sendRaw } from './raw';
import { RAW_GROUPS } from './raw-requests';

/** Pieces that make text which is JSON now and then. */
const piece = fc.constantFrom(
  ...['{', '}', '[', ']', ':', ',', '"', '\\', ' ', '\n', '"otp"', '"x"', '"\\u0061"', '"a"', '{"otp":'],
  ...['0', '1', '-', '.', 'e', '+', '5.5', 'true', 'false', 'null', 'nul', 't', '\\u', '\\n', '\u0001', 'é'],
);

describeVault121('the rehearsal server and a real Vault', () => {
  const servers: Server[] = [];
  beforeAll(async () => {
    const options = { listen: '127.0.0.1:0', shares: 5, threshold: 3, tokenFormat: 'hvs' } as const;
    servers.push(await startRehearsalServer(options), await startRealVault());
  }, REAL_START_MS);
  beforeEach(async () => {
    await Promise.all(servers.map((server) => call(server, 'DELETE', ATTEMPT)));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });

  /** The answers to a request, and to the question whether it started an attempt. */
  const answers = (request: RawRequest): Promise<RawAnswer[][]> =>
    Promise.all(
      servers.map(async (server) => {
        const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [
          name,
          value.replace('ROOT', server.rootToken),
        ]);
        const first = await sendRaw(server.address, { ...request, headers: Object.fromEntries(headers) });
        const target = `/v1/${ATTEMPT}`;
        return [
          first,
          await sendRaw(server.address, { method: 'GET', target }),
          await sendRaw(server.address, { method: 'DELETE', target }),
        ];
      }),
    );

  test.each(RAW_GROUPS)('answer the same to $about', async ({ requests }) => {
    for (const request of requests) {
      const [rehearsed, real] = await answers(request);
      expect.soft(rehearsed, JSON.stringify(request)).toEqual(real);
    }
  });

  test('read any body the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const request = { method: 'PUT', target: `/v1/${ATTEMPT}`, body: pieces.join('') };
        const [rehearsed, real] = await answers(request);
        expect(rehearsed).toEqual(real);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
