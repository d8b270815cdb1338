import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from './launch';
import { Looks } from './looks';
import type * as MemoryStage from './memory-stage';
import { Person } from './person';

let folder = '';
let theatre: typeof MemoryStage;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-token-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'memory-stage.ts'),
      outDir: join(folder, 'built'),
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'stage.cjs' } },
    },
  });
  theatre = createRequire(import.meta.url)(join(folder, 'built', 'stage.cjs')) as typeof MemoryStage;
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a token in hand is read in groups of four, and a clock is loud once the time that it may be is over', async ({
  start,
}) => {
  test.setTimeout(240_000);
  const stage = await theatre.newStage(mkdtempSync(join(folder, 'stage-')));
  try {
    const { home, passphrase } = await theatre.beforeToken(stage, 'pgp');
    const running = await start({ home, program: 'offline' });
    const olga = new Person('Olga', running.page);
    await olga.type('Passphrase', passphrase);
    await olga.pressAndFollow('Unlock');
    await olga.press(/Rehearsal/);
    await olga.sees('Decode the result');
    await olga.type('Your passphrase', passphrase);
    await olga.pressAndFollow(/^Decode/);
    await olga.sees('A root token exists');
    const { page } = olga;

    await page.keyboard.down('r');
    const groups = page.getByTestId('token').locator('.token-group');
    await expect(groups.first()).toBeVisible();
    const texts = await groups.allTextContents();
    expect(texts.join('')).toMatch(/^hvs\.[A-Za-z0-9]{24}$/);
    expect(texts.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    // The gaps are seen, and are no characters: what is read aloud is what was made.
    const boxes = await groups.evaluateAll((all) =>
      all
        .map((element) => element.getBoundingClientRect())
        .map(({ left, right, top }) => ({ left, right, top })),
    );
    for (const [i, { left, top }] of boxes.entries()) {
      const before = boxes[i - 1];
      if (before !== undefined && before.top === top) expect(left - before.right).toBeGreaterThan(3);
    }
    await page.keyboard.up('r');

    const over = page.getByRole('alert').filter({ hasText: 'The token was decoded more than' });
    await expect(over).toHaveCount(0);
    await page.clock.setFixedTime(Date.now() + 5 * 60_000);
    await expect(page.getByRole('timer').last()).toHaveText(/^00:0[567]:/);
    await expect(over).toHaveCount(0);
    await page.clock.setFixedTime(Date.now() + 3 * 3_600_000);
    await expect(over).toContainText('have it revoked now');
    const looks = new Looks();
    await looks.at(running, page, 'time is over');
    expect(looks.wrong).toEqual([]);
  } finally {
    await stage.server.close();
  }
});
