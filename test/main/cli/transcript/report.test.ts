import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { writeQrPng } from '../../../../main/qr/qr-png';
import { signMessage, wireBytes } from '../../../../shared/message/wire';
import { makeOutgoing } from '../../../../shared/qr/ur';
import { digestWords } from '../../../../shared/words';
import { personNamed } from '../../../shared/transcript/archive';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

describe('airlock transcript report', () => {
  test('draws the page of a folder that verifies', async ({ archive: folder }) => {
    const { out, code } = await airlock(['transcript', 'report', folder]);
    expect(code).toBe(0);
    expect(out.trim()).toBe(join(folder, 'report.html'));
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('Proven: nothing is missing and everything fits');
    expect(page).toContain('The token is revoked, and the server doesn’t know it any more: lookup says 403');
  });

  test('draws a changed journal up to the wrong line, says so and exits with 1', async ({
    archive: folder,
  }) => {
    const path = join(folder, 'online', 'journal.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], lines[1]?.replace('"n":2', '"n":9'), ...lines.slice(2)].join('\n'));
    const { err, code } = await airlock(['transcript', 'report', folder]);
    expect(code).toBe(1);
    expect(err).toContain('Broken: ');
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('The transcript is broken');
    expect(page).toMatch(/, line 2<\/b><\/td><td[^>]*>Line 2 calls itself line 9/);
  });

  test('shows the pictures of codes by the message in their pixels, and leaves out any other', async ({
    archive: folder,
  }) => {
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
