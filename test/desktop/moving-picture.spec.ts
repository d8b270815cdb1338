import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { qrGif } from '../../main/qr/qr-gif';
import { qrPng } from '../../main/qr/qr-png';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { wireBytes } from '../../shared/message/wire';
import { drawQr, svgPath, svgSide } from '../../shared/qr/draw';
import { makeOutgoing, type Outgoing } from '../../shared/qr/ur';
import { expect, test } from './launch';
import { animatedPng, animatedWebp } from './moving-picture';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-moving-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Codes as WebP stills, drawn by the window's own engine. Their side in pixels. */
async function webpStills(page: Page, texts: readonly string[]) {
  const codes = texts.map((text) => ({ path: svgPath(drawQr(text)), modules: svgSide(drawQr(text)) }));
  const side = 4 * Math.max(...codes.map(({ modules }) => modules));
  const stills = await page.evaluate(
    ([drawn, pixels]) =>
      Promise.all(
        drawn.map(async ({ path, modules }) => {
          const canvas = new OffscreenCanvas(pixels, pixels);
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('no canvas');
          context.fillStyle = '#fff';
          context.fillRect(0, 0, pixels, pixels);
          context.fillStyle = '#000';
          context.scale(pixels / modules, pixels / modules);
          context.fill(new Path2D(path));
          const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
          return [...new Uint8Array(await blob.arrayBuffer())];
        }),
      ),
    [codes, side] as const,
  );
  return { stills: stills.map((bytes) => new Uint8Array(bytes)), side };
}

test('a moving code as a GIF, an animated PNG or an animated WebP is read whole; of what is cut off it is said', async ({
  start,
}) => {
  const now = new Date('2026-03-04T05:06:07Z');
  const berta = await createIdentity(openHome(join(folder, 'home')), {
    name: 'Berta',
    role: 'custodian',
    passphrase,
    now,
  });
  const parts: Outgoing = makeOutgoing(wireBytes(await identityMessage(berta, now)), 200);
  expect(parts.partCount).toBeGreaterThan(6);
  const texts = Array.from({ length: parts.partCount }, (_, index) => parts.part(index));
  const ada = new Person('Ada', (await start()).page);
  await ada.firstStart('Custodian');
  const { stills, side } = await webpStills(ada.page, texts);
  const png = animatedPng(texts.map((text) => qrPng(text, 6)));
  const files = {
    'code.gif': qrGif(texts, 5),
    'code.png': png,
    'code.webp': animatedWebp(stills, side, side),
  };
  const choose = async (name: string, bytes: Uint8Array): Promise<void> => {
    writeFileSync(join(folder, name), bytes);
    const chooser = ada.page.waitForEvent('filechooser');
    await ada.press('Choose a picture or file');
    await (await chooser).setFiles(join(folder, name));
  };
  const dialog = ada.page.getByRole('alertdialog');
  for (const [name, bytes] of Object.entries(files)) {
    await choose(name, bytes);
    await expect(dialog).toContainText('Is this Berta?');
    await ada.press('They differ');
    await expect(dialog).toBeHidden();
  }
  await choose('cut.png', png.subarray(0, Math.floor(png.length / 2)));
  await ada.isTold(/cut off: of its \d+ frames only \d+ could be looked at/);
  const webp = files['code.webp'];
  await choose('cut.webp', webp.subarray(0, Math.floor(webp.length / 2)));
  await ada.isTold(/cut off/);
});
