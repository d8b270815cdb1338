import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RehearsalOutcome, rehearse } from '../../../../main/cli/rehearse/rehearsal';
import { readSharesFile } from '../../../../main/cli/rehearse/shares-file';
import type { ApiName } from '../../../../main/rehearsal/generation';
import { type RehearsalServer, startRehearsalServer } from '../../../../main/rehearsal/server';
import { carriedOut, countOf } from '../../../../shared/script/carried-out';
import { scriptHash } from '../../../../shared/script/script-hash';
import { standardScript } from '../../../../shared/script/standard-script';
import type { TokenFormat } from '../../../../shared/token/root-token';
import type { TokenKind } from '../../../../shared/token/token-kind';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { describeReal, REAL_START_MS } from '../../../real/describe-real';
import { type RealVault, startRealVault } from '../../../real/real-vault';

const folder = mkdtempSync(join(tmpdir(), 'airlock-rehearse-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesUnder = (path: string): string[] =>
  readdirSync(path).flatMap((name) => {
    const full = join(path, name);
    return statSync(full).isDirectory() ? filesUnder(full) : [full];
  });

interface Played {
  readonly outcome: RehearsalOutcome;
  readonly out: string;
  readonly said: readonly string[];
}

let runs = 0;
async function play(
  method: 'pgp' | 'otp',
  existing: { readonly address: string; readonly shares: readonly string[] } | null,
  options: {
    readonly shares?: number;
    readonly threshold?: number;
    readonly tokenFormat?: TokenFormat;
    readonly api?: ApiName;
    readonly kind?: TokenKind;
    readonly handoff?: boolean;
  } = {},
): Promise<Played> {
  runs += 1;
  const out = join(folder, `out-${runs}`);
  const said: string[] = [];
  const outcome = await rehearse({
    method,
    out,
    existing: existing === null ? null : { server: { address: existing.address }, shares: existing.shares },
    shares: options.shares ?? 3,
    threshold: options.threshold ?? 2,
    api: options.api ?? 'vault',
    ...(options.tokenFormat === undefined ? {} : { tokenFormat: options.tokenFormat }),
    kind: options.kind,
    handoff: options.handoff ?? false,
    version: '0.0.0',
    clock: () => new Date(),
    say: (title, detail) => said.push(`${title}: ${detail}`),
  });
  return { outcome, out, said };
}

test.each(['pgp', 'otp'] as const)(
  'a token that is handed over (%s) is seen by no person, and everyone who signs has read what became of it',
  async (method) => {
    const { outcome, out, said } = await play(method, null, { handoff: true });
    expect(outcome.verification.findings).toEqual([]);
    const lines = said.join('\n');
    expect(lines).toContain('Task done: Create a limited token for Witness');
    expect(lines).toContain('Task done: List the root tokens of the server');
    expect(lines).toMatch(/Limited token opened: by .* alone/);
    const journals = filesUnder(out).filter((path) => path.endsWith('journal.jsonl'));
    const took = journals.filter((path) => readFileSync(path, 'utf8').includes('"type":"outcome"'));
    // The officer, the station that made it, and the custodians of the quorum.
    expect(took).toHaveLength(4);
    expect(journals.some((path) => readFileSync(path, 'utf8').includes('"event":"token-shown"'))).toBe(false);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('handed over');
  },
  120_000,
);

describe('a rehearsal', () => {
  let server: RehearsalServer;
  let played: Played;

  beforeAll(async () => {
    server = await startRehearsalServer({
      listen: '127.0.0.1:0',
      shares: 3,
      threshold: 2,
      tokenFormat: 'hvs',
    });
    played = await play('pgp', server);
  }, 120_000);

  afterAll(async () => {
    await server.close();
  });

  test('ends with a token that was used, revoked, and seen to be revoked', () => {
    expect(played.outcome.verification.findings).toEqual([]);
    expect(played.outcome.token).toMatchObject({ prefix: 'hvs.', length: 28 });
    expect(played.outcome.revoked.proof).toContain('403');
  });

  test('goes by the standard script: its report has what Airlock did, why the rest is open, and the page to sign', () => {
    const [script, ...others] = carriedOut(
      parseJournal(readFileSync(join(played.out, 'officer', 'journal.jsonl'))).map(({ line }) => line),
    );
    expect(others).toEqual([]);
    expect(script && [script.sha256, script.isWhole, countOf(script).deviations]).toEqual([
      scriptHash(standardScript),
      true,
      1,
    ]);
    const steps = script?.sections.flatMap(({ steps }) => steps) ?? [];
    // Each of the program's own steps was done; nothing that people do is on record as done.
    expect(steps.filter(({ own, done }) => own !== undefined && done === null)).toEqual([]);
    expect(steps.filter(({ state }) => state === 'as-expected')).toEqual(
      steps.filter(({ own, checks }) => own !== undefined && checks.length === 0),
    );
    const page = readFileSync(join(played.out, 'report.html'), 'utf8');
    for (const text of ['The script as carried out', 'plays everyone in this rehearsal', 'id="sign-off"'])
      expect(page).toContain(text);
  });

  test('leaves pictures, transcripts, keys, a script and a page', () => {
    for (const name of [
      'report.html',
      'verify.sh',
      'qr',
      'keys/officer.asc',
      'officer/journal.jsonl',
      'station-a/checkpoint.txt.witness.asc',
    ]) {
      expect(existsSync(join(played.out, name)), name).toBe(true);
    }
    expect(readFileSync(join(played.out, 'report.html'), 'utf8')).toMatch(/rehearsal/i);
  });

  test('leaves no share and no token anywhere, raw, in hex or in base64', () => {
    const needles = [
      ...server.shares.map((share) => Buffer.from(share, 'hex')),
      Buffer.from(server.rootToken),
    ].flatMap((secret) => [
      secret,
      Buffer.from(secret.toString('hex')),
      Buffer.from(secret.toString('hex').toUpperCase()),
      Buffer.from(secret.toString('base64').replace(/.{4}$/, '')),
      Buffer.from(secret.toString('base64url').slice(0, -4)),
    ]);
    for (const path of filesUnder(played.out)) {
      const bytes = readFileSync(path);
      expect(
        needles.some((needle) => bytes.includes(needle)),
        path,
      ).toBe(false);
      expect(/hvs\.[A-Za-z0-9]{24}/.test(bytes.toString('latin1')), path).toBe(false);
      expect(bytes.includes('PRIVATE KEY'), path).toBe(false);
    }
  });

  test("passes its own verify.sh, and fails it after one byte of one station's journal is changed", () => {
    const script = join(played.out, 'verify.sh');
    expect(spawnSync('sh', [script], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    const journal = join(played.out, 'custodian-1', 'journal.jsonl');
    const whole = readFileSync(journal);
    const changed = Buffer.from(whole);
    const at = Math.floor(whole.length / 2);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(journal, changed);
    expect(spawnSync('sh', [script], { encoding: 'utf8' }).status).toBe(1);
    writeFileSync(journal, whole);
  }, 60_000);

  test('has every signature confirmed by gpg itself', () => {
    const home = join(folder, 'gnupg');
    mkdirSync(home, { mode: 0o700 });
    const env = { ...process.env, GNUPGHOME: home };
    const keys = filesUnder(join(played.out, 'keys'));
    execFileSync('gpg', ['--batch', '--quiet', '--import', ...keys], { env, stdio: 'pipe' });
    const signatures = filesUnder(played.out).filter((path) => path.includes('checkpoint.txt.'));
    expect(signatures.length).toBeGreaterThanOrEqual(10);
    for (const signature of signatures) {
      const text = signature.replace(/\.[^.]+\.asc$/, '');
      expect(spawnSync('gpg', ['--batch', '--verify', signature, text], { env }).status, signature).toBe(0);
    }
    spawnSync('gpgconf', ['--kill', 'all'], { env });
  }, 60_000);

  test('writes into no folder that holds something', async () => {
    const full = join(folder, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'a'), '');
    const refused = rehearse({
      method: 'pgp',
      out: full,
      existing: null,
      shares: 3,
      threshold: 2,
      tokenFormat: 'hvs',
      version: '0.0.0',
      clock: () => new Date(),
      say: () => undefined,
    });
    await expect(refused).rejects.toMatchObject({ code: 'out-not-empty' });
  });

  test('that cannot begin leaves nothing behind, and a place that cannot be written to is named', async () => {
    const wanted = {
      method: 'pgp',
      existing: null,
      tokenFormat: 'hvs',
      version: '0.0.0',
      clock: () => new Date(),
      say: () => undefined,
    } as const;
    const out = join(folder, 'never');
    await expect(rehearse({ ...wanted, out, shares: 2, threshold: 3 })).rejects.toMatchObject({
      code: 'bad-shares',
    });
    expect(existsSync(out)).toBe(false);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'below')])
      await expect(rehearse({ ...wanted, out: place, shares: 3, threshold: 2 })).rejects.toMatchObject({
        code: 'out-unusable',
        message: expect.stringContaining(place),
      });
  }, 60_000);

  test.each(['s', 'bare', 'uuid'] as const)(
    'ends as well with tokens of the %s era, by one-time password',
    async (tokenFormat) => {
      const { outcome } = await play('otp', null, { tokenFormat });
      expect(outcome.token.format).toBe(tokenFormat);
      expect(outcome.verification.findings).toEqual([]);
      expect(outcome.verification.verdict).toBe('proven');
    },
    120_000,
  );

  test.each([
    ['vault-token', 'pgp', 'hvs'],
    ['openbao', 'pgp', 's'],
    ['openbao', 'otp', 's'],
    ['openbao-open', 'otp', 's'],
  ] as const)(
    'ends as well on servers like %s (%s)',
    async (api, method, format) => {
      const { outcome } = await play(method, null, { api });
      expect(outcome.token.format).toBe(format);
      expect(outcome.verification.findings).toEqual([]);
      expect(outcome.verification.verdict).toBe('proven');
    },
    120_000,
  );

  test.each(['pgp', 'otp'] as const)(
    'makes a DR operation token (%s), which is neither looked up nor used, and proves that it was deleted',
    async (method) => {
      const { outcome, out, said } = await play(method, null, { api: 'dr' });
      expect(outcome.token).toMatchObject({ kind: 'dr', format: 'hvs', accessor: '' });
      expect(outcome.revoked).toEqual({
        by: 'token',
        proof: 'operation-token/delete answers 403: permission denied',
      });
      expect(outcome.verification).toMatchObject({ verdict: 'proven', findings: [] });
      expect(said.filter((line) => line.startsWith('Token'))).toEqual([
        expect.stringMatching(/^Token decoded: /),
        'Token deleted, unused: operation-token/delete answers 403: permission denied',
      ]);
      const page = readFileSync(join(out, 'report.html'), 'utf8');
      expect(page).toContain('DR operation token');
      expect(page).not.toContain('a root token');
    },
    120_000,
  );

  test.each(['pgp', 'otp'] as const)(
    'makes a recovery token (%s), which no request revokes: the server that runs as usual again is the proof',
    async (method) => {
      const { outcome, out, said } = await play(method, null, { api: 'recovery' });
      expect(outcome.token).toMatchObject({ kind: 'recovery', format: 'recovery', accessor: '' });
      expect(outcome.revoked).toEqual({
        by: 'restart',
        proof: expect.stringContaining('the server runs as usual again'),
      });
      expect(outcome.verification).toMatchObject({ verdict: 'proven', findings: [] });
      expect(said.filter((line) => /^(Token|Server started)/.test(line))).toEqual([
        expect.stringMatching(/^Token decoded: /),
        'Token used once: sys/raw: the top of the raw storage listed, nothing of it read or changed',
        expect.stringMatching(/^Server started as usual: /),
        expect.stringMatching(/^Token ended: /),
      ]);
      const page = readFileSync(join(out, 'report.html'), 'utf8');
      expect(page).toContain('recovery token');
      expect(page).not.toContain('a root token');
      expect(said.join('\n')).not.toMatch(/revoked/);
    },
    120_000,
  );

  test('that wants another kind of token than its server makes, or hands on one that does no task, begins nothing', async () => {
    await expect(play('pgp', null, { api: 'dr', kind: 'recovery' })).rejects.toMatchObject({
      code: 'other-kind',
      message: expect.stringMatching(
        /is to make a recovery token, and its server makes a DR operation token/,
      ),
    });
    await expect(play('pgp', null, { api: 'recovery', handoff: true })).rejects.toMatchObject({
      code: 'no-handoff',
    });
    expect(existsSync(join(folder, `out-${runs}`))).toBe(false);
  });

  test('ends as well where a single share is the whole quorum', async () => {
    const { outcome } = await play('otp', null, { shares: 1, threshold: 1 });
    expect(outcome.verification.findings).toEqual([]);
  }, 120_000);
});

describe('a file of key shares', () => {
  const file = (text: string): string => {
    const path = join(folder, 'shares');
    writeFileSync(path, text);
    return path;
  };

  test.each([
    ['a share a line', 'aa\nbb\n'],
    ['what operator init prints', '{"unseal_keys_b64":["x","y"],"unseal_keys_hex":["aa","bb"]}'],
    [
      'what operator init prints with auto-unseal',
      '{"unseal_keys_b64":[],"unseal_keys_hex":[],"recovery_keys_b64":["x","y"],"recovery_keys_hex":["aa","bb"]}',
    ],
    [
      'what the init API answers with auto-unseal',
      '{"keys":[],"keys_base64":[],"recovery_keys":["aa","bb"],"recovery_keys_base64":["x","y"]}',
    ],
    ['what the init API answers', '{"keys":["aa","bb"],"keys_base64":["x","y"]}'],
    ['what the rehearsal server prints', '{"address":"http://127.0.0.1:1","shares":["aa","bb"]}'],
  ])('may be %s', (_what, text) => {
    expect(readSharesFile(file(text))).toEqual(['aa', 'bb']);
  });

  test.each([
    ['empty', ' \n'],
    ['other JSON', '{"keys":3}'],
  ])('is refused by name when it is %s', (_what, text) => {
    expect(() => readSharesFile(file(text))).toThrow(/share/);
  });
});

describeReal('a rehearsal on a real Vault', () => {
  let vault: RealVault;
  beforeAll(async () => {
    vault = await startRealVault({ shares: 3, threshold: 2 });
  }, REAL_START_MS);
  afterAll(async () => {
    await vault.close();
  });

  test.each(['pgp', 'otp'] as const)(
    'ends with the token revoked (%s)',
    async (method) => {
      const { outcome, said } = await play(method, vault);
      expect(outcome.verification.findings).toEqual([]);
      expect(said.join('\n')).toContain('Token revoked');
    },
    120_000,
  );
});
