import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '../../main/cli/rehearse/rehearsal';
import { ServerClient } from '../../main/online/server/client';
import { surveyServer } from '../../main/online/server/facts';
import { askPreflight } from '../../main/online/server/preflight';
import { revokeToken } from '../../main/online/token/revoke';
import { Journal } from '../../main/store/journal';
import { REAL_START_MS } from './describe-real';
import {
  describeOpenBao,
  type OpenBao,
  type SealedNamespace,
  sealedNamespace,
  startOpenBao,
} from './openbao';

const folder = mkdtempSync(join(tmpdir(), 'airlock-namespaces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

await describeOpenBao('a namespace', (version) => {
  let bao: OpenBao;
  let team: SealedNamespace;
  beforeAll(async () => {
    bao = await startOpenBao(version);
    team = await sealedNamespace(bao, 'team');
    await bao.call('PUT', 'sys/namespaces/plain', { body: {} });
    await sealedNamespace(bao, 'shut', { sealed: true });
  }, REAL_START_MS);
  afterAll(() => bao.close());

  const clientOf = (namespace: string, token: string | undefined = bao.rootToken): ServerClient =>
    new ServerClient({ address: bao.address, namespace, token });
  const refusal = (namespace: string) => surveyServer(clientOf(namespace)).catch((error: unknown) => error);

  test('with a seal of its own tells its own threshold, its own shares, and tokens of its own length', async () => {
    const { facts } = await surveyServer(clientOf('team/'));
    expect(facts).toMatchObject({
      server: { namespace: 'team', shareKind: 'unseal' },
      threshold: 2,
      shares: 4,
      otpLength: 33,
      dialect: 'generate-root-token',
    });
    const whole = await surveyServer(clientOf(''));
    expect(whole.facts).toMatchObject({ threshold: 2, shares: 3, otpLength: 26 });
    expect(whole.facts.server).not.toHaveProperty('namespace');
  });

  test.each(['pgp', 'otp'] as const)(
    'is played through by %s: every station, the transcript and the report name it, and its token is dead at the end',
    async (method) => {
      const out = join(folder, `${version}-${method}`);
      const { token, revoked, verification } = await rehearse({
        method,
        out,
        existing: {
          server: { address: bao.address, namespace: 'team', token: bao.rootToken },
          shares: team.shares,
        },
        shares: 0,
        threshold: 0,
        tokenFormat: 's',
        version: '0.0.0',
        clock: () => new Date(),
        say: () => undefined,
      });
      expect(verification.verdict).toBe('proven');
      expect(token.length).toBe(33);
      expect(token.accessor.endsWith(`.${team.id}`)).toBe(true);
      expect(revoked.proof).toContain('403');
      const plans = readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('journal.jsonl'))
        .flatMap((name) => readFileSync(join(out, name), 'utf8').split('\n'))
        .filter((line) => /"event":"plan-(agreed|taken)"/.test(line));
      expect(plans.length).toBeGreaterThan(3);
      for (const plan of plans) expect(plan).toMatch(/"namespace":"team".*"shareKind":"unseal"/);
      expect(readFileSync(join(out, 'report.html'), 'utf8')).toMatch(
        /<dt>Namespace<\/dt><dd><span class="mono">team</,
      );
      const left = await bao.call('GET', 'auth/token/accessors?list=true', { namespace: 'team' });
      expect(left.json['data'] ?? {}).toEqual({});
    },
    120_000,
  );

  test('that is missing, sealed, or without a seal of its own is named, with what to do', async () => {
    expect(await refusal('nowhere')).toMatchObject({
      code: 'no-namespace',
      message: expect.stringContaining('Check the name'),
    });
    expect(await refusal('shut')).toMatchObject({
      code: 'namespace-sealed',
      message: expect.stringContaining('Have it unsealed with key shares of its own'),
    });
    expect(await refusal('plain')).toMatchObject({
      code: 'namespace-not-sealable',
      message: expect.stringContaining('no key shares'),
    });
    const token = new ServerClient({ address: bao.address, namespace: 'team' });
    await expect(surveyServer(token)).rejects.toMatchObject({ code: 'token-needed' });
  });

  test('is looked at before a start: its audit devices, which are the whole server’s, and what is to be weighed', async () => {
    const client = clientOf('team');
    const advice = await askPreflight(client, (await surveyServer(client)).facts, new Date());
    const levels = Object.fromEntries(advice.map(({ topic, level }) => [topic, level]));
    expect(levels).toMatchObject({ audit: 'advice', endpoints: 'good', attempt: 'good', clock: 'good' });
    expect(levels).toMatchObject({ version: version === '2.7.2' ? 'good' : 'advice', ha: 'good' });
    expect(advice.find(({ topic }) => topic === 'namespace')?.text).toContain('Namespace team');
  });

  test('has tokens that are revoked by accessor in it; asked outside of it, the server’s answer is explained', async () => {
    const child = await bao.call('POST', 'auth/token/create', {
      namespace: 'team',
      body: { policies: ['default'] },
    });
    const { accessor } = child.json['auth'] as { accessor: string };
    const journal = Journal.open(join(folder, `revoke-${version}.jsonl`), {
      station: 'S',
      who: '',
      ceremony: '',
      rehearsal: false,
      clock: () => new Date(),
    });
    await expect(revokeToken(clientOf(''), { accessor }, journal)).rejects.toMatchObject({
      code: 'other-namespace',
    });
    const revoked = await revokeToken(clientOf('team'), { accessor }, journal);
    expect(revoked).toMatchObject({ accessor, by: 'accessor' });
    expect(revoked.proof).toContain('invalid accessor');
  });
});
