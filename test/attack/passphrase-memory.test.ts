import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHome } from '../../main/store/home';
import { createIdentity, lockIdentity } from '../../main/store/identity';
import { countInMemory } from './memory';

const PASSPHRASE = 'Grünspan 7 Kessel Ordnung';
let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-memory-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'unlocker.ts'),
      outDir: join(folder, 'built'),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'unlocker.mjs' } },
    },
  });
  program = join(
    folder,
    'built',
    readdirSync(join(folder, 'built')).find((name) => name.endsWith('.mjs')) ?? '',
  );
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(process.platform === 'linux')(
  'five seconds after a home was unlocked, its passphrase is nowhere in the process, in no form',
  async () => {
    const home = openHome(join(folder, 'home'));
    const secret = new TextEncoder().encode(PASSPHRASE);
    lockIdentity(
      await createIdentity(home, { name: 'Ada', role: 'operator', passphrase: secret, now: new Date() }),
    );
    const file = join(folder, 'passphrase.txt');
    writeFileSync(file, `${PASSPHRASE}\n`);
    // With so little room, the garbage collector moves often what it may move.
    const child = spawn(process.execPath, ['--max-semi-space-size=1', program, home.dir, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = await once(child.stdout, 'data');
      expect(String(said)).toBe('unlocked Ada\n');
      await sleep(5_000);
      const pid = child.pid ?? expect.fail();
      expect(countInMemory(pid, secret)).toEqual({});
      // The look at the memory does find what lies there: the path that the program was started with.
      expect(countInMemory(pid, new TextEncoder().encode(file))).toHaveProperty('raw');
    } finally {
      child.kill();
    }
  },
  120_000,
);
