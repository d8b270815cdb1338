import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeQrPng } from '../../../../main/qr/qr-png';
import { signMessage, wireBytes } from '../../../../shared/message/wire';
import { makeOutgoing } from '../../../../shared/qr/ur';
import { digestWords } from '../../../../shared/words';
import { archiveOf, ceremonyPlans, personNamed } from '../../../shared/transcript/archive';
import { airlock } from '../fake-terminal';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A whole archive on disk, as it verifies. */
async function archiveFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
  folders.push(folder);
  const { stations, keys } = await archiveOf(await ceremonyPlans());
  for (const { name, journal, checkpoint, signatures } of stations) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'journal.jsonl'), journal);
    writeFileSync(join(folder, name, 'checkpoint.txt'), checkpoint ?? '');
    for (const { name: signer, armored } of signatures) {
      writeFileSync(join(folder, name, `checkpoint.txt.${signer}.asc`), armored);
    }
  }
  mkdirSync(join(folder, 'keys'));
  for (const { name, armored } of keys) writeFileSync(join(folder, 'keys', `${name}.asc`), armored);
  return folder;
}

describe('airlock transcript report', () => {
  test('draws the page of a folder that verifies', async () => {
    const folder = await archiveFolder();
    const { out, code } = await airlock(['transcript', 'report', folder]);
    expect(code).toBe(0);
    expect(out.trim()).toBe(join(folder, 'report.html'));
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('The transcript verifies.');
    expect(page).toContain('The token is revoked: lookup says 403');
  });

  test('draws a changed journal up to the wrong line, says so and exits with 1', async () => {
    const folder = await archiveFolder();
    const path = join(folder, 'online', 'journal.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], lines[1]?.replace('"n":2', '"n":9'), ...lines.slice(2)].join('\n'));
    const { err, code } = await airlock(['transcript', 'report', folder]);
    expect(code).toBe(1);
    expect(err).toContain('does not verify');
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('The transcript does not verify');
    expect(page).toMatch(/, line 2<\/b>: Line 2 calls itself line 9/);
  });

  test('shows the pictures of codes by the message in their pixels, and leaves out any other', async () => {
    const folder = await archiveFolder();
    const { pair } = await personNamed('Witness of the tests');
    const message = await signMessage(
      {
        v: 1,
        type: 'checkpoint',
        ceremony: new Uint8Array(16),
        prev: null,
        issuedAt: '2026-05-01T08:00:00Z',
        from: pair.fingerprint,
        body: { text: 'words to be signed '.repeat(60) },
      },
      pair.privateKey,
    );
    const outgoing = makeOutgoing(wireBytes(message), 300);
    expect(outgoing.partCount).toBeGreaterThan(2);
    mkdirSync(join(folder, 'qr'));
    for (let part = 0; part < outgoing.partCount; part++) {
      const file = `01-checkpoint-${part + 1}-of-${outgoing.partCount}.png`;
      writeQrPng(join(folder, 'qr', file), outgoing.part(part));
    }
    writeQrPng(join(folder, 'qr', '02-foreign.png'), 'https://example.org/');
    writeFileSync(join(folder, 'qr', '03-broken.png'), 'no picture');
    await airlock(['transcript', 'report', folder]);
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect([...page.matchAll(/<img src="([^"]*)"/g)].map(([, src]) => src)).toEqual([
      `qr/01-checkpoint-1-of-${outgoing.partCount}.png`,
    ]);
    expect(page).toContain(`checkpoint</b> ${digestWords(message.digest)}`);
    expect(page).toContain(`first of ${outgoing.partCount} parts`);
  });

  test('says which folder can not be read', async () => {
    const { err, code } = await airlock(['transcript', 'report', '/nowhere/at/all']);
    expect(code).toBe(1);
    expect(err).toContain('/nowhere/at/all');
  });
});

describe('airlock transcript verify', () => {
  test('lets nothing of a folder or key name reach the terminal as a control character', async () => {
    const folder = await archiveFolder();
    const hostile = 'x\u001b[2K\u001b[1A\rOK     everything verified\u001b[8m\u009b1m\n';
    renameSync(join(folder, 'online'), join(folder, hostile));
    renameSync(
      join(folder, hostile, 'checkpoint.txt.peter.asc'),
      join(folder, hostile, `checkpoint.txt.${hostile}.asc`),
    );
    const { out, code } = await airlock(['transcript', 'verify', folder]);
    expect(code).toBe(1);
    expect(out).toContain('x[2K[1AOK     everything verified[8m1m: There is a signature by x[2K');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(out.split('\n').filter((line) => line.startsWith('OK'))).toEqual([]);
  });
});
