import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readTranscriptFolder } from '../../../../main/store/transcript-folder';
import { overviewOf } from '../../../../shared/transcript/overview';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

describe('airlock transcript verify', () => {
  test('lets nothing of a folder or key name reach the terminal as a control character', async ({
    archive: folder,
  }) => {
    const hostile = 'x\u001b[2K\u001b[1A\rOK     everything verified\u001b[8m\u009b1m\n';
    renameSync(join(folder, 'online'), join(folder, hostile));
    renameSync(
      join(folder, hostile, 'checkpoint.txt.peter.asc'),
      join(folder, hostile, `checkpoint.txt.${hostile}.asc`),
    );
    const { out, code } = await airlock(['transcript', 'verify', folder]);
    expect(code).toBe(3);
    expect(out).toContain('x[2K[1AOK     everything verified[8m1m is no part of a transcript');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(out.split('\n').filter((line) => line.startsWith('OK') || line.startsWith('Proven'))).toEqual([]);
  });

  test('says the verdict, what is missing first, and exits with 3', async ({ archive: folder }) => {
    const proven = await airlock(['transcript', 'verify', folder]);
    expect([proven.code, proven.out.split('\n')[0]]).toEqual([
      0,
      `${folder}: Proven: nothing is missing and everything fits, by the keys in this folder.`,
    ]);
    rmSync(join(folder, 'online', 'checkpoint.txt.wanda.asc'));
    const { out, code } = await airlock(['transcript', 'verify', folder]);
    expect(code).toBe(3);
    expect(out.split('\n').slice(0, 2)).toEqual([
      `${folder}: Incomplete: 1 thing missing, and nothing contradicts, by the keys in this folder.`,
      '  incomplete  online: wanda, witness, has not signed the journal of peter.',
    ]);
  });

  test('goes on after a path that is no folder, be it a pipe, and exits with the worst', async ({
    archive,
    folder,
  }) => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const paths = [join(folder, 'nothing'), pipe, archive];
    const { out, code } = await airlock(['transcript', 'verify', ...paths]);
    expect(code).toBe(1);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toContain('not read. The transcript in');
    expect(lines[1]).toContain('it is no folder');
    expect(lines.at(-1)).toBe('3 folders: 1 proven, 2 not read');
  });

  test('pins the people that an auditor knows, by a file or by their keys', async ({ archive, folder }) => {
    const { people } = overviewOf(readTranscriptFolder(archive));
    const file = join(folder, 'people.txt');
    writeFileSync(file, people.map(({ fingerprint, name }) => `${fingerprint} ${name}\n`).join(''));
    for (const path of [file, join(archive, 'keys')]) {
      const { out, code } = await airlock(['transcript', 'verify', archive, '--people', path]);
      expect([code, out.split('\n')[0]]).toEqual([0, expect.stringMatching(/by the people you named\.$/)]);
    }
    writeFileSync(
      file,
      people
        .slice(1)
        .map(({ fingerprint }) => `${fingerprint}\n`)
        .join(''),
    );
    const { out, code } = await airlock(['transcript', 'verify', archive, '--people', file]);
    expect([code, out]).toEqual([1, expect.stringContaining('olga isn’t one of the people you named')]);
    writeFileSync(file, 'Wanda\n');
    const mistyped = await airlock(['transcript', 'verify', archive, '--people', file]);
    expect([mistyped.code, mistyped.err]).toEqual([2, expect.stringContaining('fingerprint of 40 digits')]);
  });

  test('gives one object a folder, with what a list of ceremonies needs', async ({ archive, folder }) => {
    const { out, code } = await airlock(['transcript', 'verify', archive, join(folder, 'nothing'), '--json']);
    expect(code).toBe(1);
    const [first, second] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(first).toMatchObject({
      path: archive,
      verdict: 'proven',
      by: 'folder',
      title: 'Rotate the root',
      server: 'https://vault.example:8200',
      quorum: { threshold: 2, custodians: 2 },
      from: '2026-05-01T09:00:00.000Z',
      revocation: { tokens: 1, proved: 1, proofs: [{ station: 'online', proof: 'lookup says 403' }] },
      findings: [],
    });
    expect(second).toMatchObject({ error: 'folder-unreadable' });
  });
});
