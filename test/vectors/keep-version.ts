import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { version } from '../../package.json';
import { idOf, stationsOf, writeTranscript } from '../main/archive/fixtures';
import { airlock } from '../main/cli/fake-terminal';
import { cast } from '../main/cli/offline/cast';

// To be run once for each released version, before it is released (test/vectors/vitest.config.ts): what it
// leaves is opened by every later one (test/main/store/kept-versions.test.ts). The people, the server and its
// shares are made up here, and exist nowhere else.
const kept = join(import.meta.dirname, `version-${version}`);

const words = z.object({ attempt: z.object({ words: z.string() }) });

test('the homes of a ceremony that is under way, a backup of one, and an archive are kept', async () => {
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept);
  const { server, at, as } = await cast();
  await as('Nora', ['online', 'status', '--rehearsal', '--out', at('station.ur')]);
  await as('Olga', ['offline', 'plan', '--rehearsal', '--title', 'Kept']);
  await as('Olga', [
    ...['offline', 'plan', '--message', at('station.ur'), '--purpose', 'Kept for later versions'],
    ...['--ticket', 'CHG-1', '--task', 'Look it up', '--roster', 'Ada', 'Ben', 'Nora', 'Otto'],
  ]);
  await as('Olga', ['offline', 'plan', '--agree']);
  await as('Olga', ['offline', 'start', '--out', at('start.ur')]);
  await as('Nora', ['online', 'start', '--message', at('start.ur'), '--out', at('attempt.ur')]);
  const seen = await as('Olga', ['offline', 'attempt', '--message', at('attempt.ur'), '--json']);
  const heard = ['--words', seen.as(words).attempt.words];
  await as('Olga', ['offline', 'attempt', ...heard]);
  await as('Ada', ['offline', 'attempt', '--message', at('attempt.ur'), ...heard]);
  writeFileSync(at('share'), `${server.shares[0]}\n`);
  await as('Ada', ['offline', 'release', '--share-file', at('share'), '--yes', '--out', at('share.ur')]);
  const given = await as('Nora', ['online', 'submit', '--message', at('share.ur')]);
  expect([given.code, given.err]).toEqual([0, expect.any(String)]);
  const backup = await as('Ada', ['home', 'backup', join(kept, 'custodian.backup')]);
  expect([backup.code, backup.err]).toEqual([0, expect.any(String)]);
  const homes = { Olga: 'officer', Ada: 'custodian', Nora: 'operator' } as const;
  for (const [name, role] of Object.entries(homes))
    cpSync(at(name), join(kept, role), {
      recursive: true,
      filter: (path) => basename(path) !== 'in-use.lock',
    });

  const signing = ['--home', at('archivist'), '--passphrase-file', at('passphrase')];
  await airlock(['identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signing]);
  await writeTranscript(at('transcript'), await stationsOf(idOf(1), '2026-05-01'));
  const archive = ['--archive', join(kept, 'archive'), ...signing];
  const added = await airlock(['archive', 'add', at('transcript'), ...archive]);
  expect([added.code, added.err]).toEqual([0, expect.any(String)]);
});
