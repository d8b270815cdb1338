import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { qrGif } from '../../../main/qr/qr-gif';
import { qrPng } from '../../../main/qr/qr-png';
import { readQrImage } from '../../../main/qr/read-image';
import { makeOutgoing, UrReader } from '../../../shared/qr/ur';
import { animatedPng } from '../../desktop/moving-picture';

const text = 'UR:AIRLOCK/LSADAOAXJYGONESW';
const pixels = (of: string) => PNG.sync.read(Buffer.from(qrPng(of)));

test('any text that is drawn is read back from the pixels of its picture', async () => {
  const drawable = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.stringMatching(/^[A-Z0-9:/]{1,900}$/),
  );
  await fc.assert(
    fc.asyncProperty(drawable, async (drawn) => {
      expect(await readQrImage(qrPng(drawn))).toEqual([drawn]);
    }),
    { numRuns: 40 },
  );
});

test('any message is read back from pictures of its parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 1500 }), fc.nat(5000), async (bytes, start) => {
      const outgoing = makeOutgoing(bytes);
      const reader = new UrReader();
      for (let i = start; ; i++) {
        const [read = ''] = await readQrImage(qrPng(outgoing.part(i), 6));
        const received = reader.receive(read);
        expect(received.status).not.toBe('refused');
        if (received.status !== 'complete') continue;
        expect(received.bytes).toEqual(bytes);
        return;
      }
    }),
    { numRuns: 8 },
  );
});

/**
 * At seven pixels a module and half its size, some modules of this code's middle look like a Micro QR code:
 * "680".
 */
const withMicroInside = [
  'UR:AIRLOCK/180-11/LPCSQZBDCFASDRCYTLTNLOCSHDTBDKCMIEPLLYOYDATNGDETKIUYAHPAPLAXEHUTDNCNINLRUEASLD',
  'LOSKLRVATLLBMKDKBBUOHGVWHNRFVWSNSGLOYLOTJTOXRDZEJPGOIYTIYNMYIAGWIDEESAKNKNDILEGRVTBGIMCARYYKAEHP',
  'CMCPDAGTWSADLUNNROFGZTZMCKVESRWEBYVLTBHHZMKIHLNYHFFYKNJKRFSTGHKBRYBBHLVTAXBBFDCFFZHELDCAFLUYJYLY',
  'GEWLOTDAKOMTHGETEELKCPMNDMOLSSTDFZMYCTRDCAINPTWLJZRFIAGRAASNHEYLMSLAMTHNTSECESSNPYEMSFJYTABZDYLY',
  'OYSAVAGHIATIBEKSWSPLMDKPSNDANBFLGYTYKIVLMELAUEGHDAFHGABAECTYDSLOPEWYISEYTEVYREAMJZFDSRHSDLHEAYPL',
  'EH',
].join('');

test('a code whose modules look like a smaller one is read as itself alone', async () => {
  expect(await readQrImage(qrPng(withMicroInside, 7))).toEqual([withMicroInside]);
});

test('a JPEG is read', async () => {
  const { data, width, height } = pixels(text);
  expect(await readQrImage(jpeg.encode({ data, width, height }, 40).data)).toEqual([text]);
});

test('a WebP picture is read', async () => {
  expect(await readQrImage(readFileSync(join(import.meta.dirname, '../../vectors/code.webp')))).toEqual([
    text,
  ]);
});

test('a BMP is read', async () => {
  const { data, width, height } = pixels(text);
  const file = Buffer.alloc(54 + width * height * 4);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(-height, 22);
  file.writeUInt16LE(32, 28);
  data.copy(file, 54);
  expect(await readQrImage(file)).toEqual([text]);
});

test.each([
  ['of 16 bits a pixel', 16, 40],
  ['of 24 bits a pixel with the header of OS/2', 24, 12],
])('a BMP %s is read', async (_, bits, header) => {
  const { data, width, height } = pixels(text);
  const stride = ((bits * width + 31) >> 5) << 2;
  const file = Buffer.alloc(14 + header + stride * height);
  file.write('BM');
  file.writeUInt32LE(14 + header, 10);
  file.writeUInt32LE(header, 14);
  if (header === 12) {
    file.writeUInt16LE(width, 18);
    file.writeUInt16LE(height, 20);
    file.writeUInt16LE(bits, 24);
  } else {
    file.writeInt32LE(width, 18);
    file.writeInt32LE(height, 22);
    file.writeUInt16LE(bits, 28);
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = data[(y * width + x) * 4] === 255;
      const row = 14 + header + stride * (height - 1 - y);
      if (light) file.fill(bits === 16 ? 0x7f : 0xff, row + (x * bits) / 8, row + ((x + 1) * bits) / 8);
    }
  expect(await readQrImage(file)).toEqual([text]);
});

test('a JPEG that lost its end marker is read', async () => {
  const { data, width, height } = pixels(text);
  const whole = jpeg.encode({ data, width, height }, 60).data;
  expect(await readQrImage(whole.subarray(0, -2))).toEqual([text]);
});

test.each([
  ['dark', 0],
  ['white', 255],
])('a %s code on a transparent ground is read', async (_, ink) => {
  const picture = pixels(text);
  for (let i = 0; i < picture.data.length; i += 4) {
    const dark = picture.data[i] === 0;
    // On a clear ground a light code is seen as such only where its light modules are the ones with ink.
    const inked = ink === 0 ? dark : !dark;
    picture.data.fill(ink, i, i + 3);
    picture.data[i + 3] = inked ? 255 : 0;
  }
  expect(await readQrImage(PNG.sync.write(picture))).toEqual([text]);
});

test('a text of another encoding than UTF-8 is read once, as it is', async () => {
  // Byte mode without a mark of its encoding: ISO/IEC 18004 means Latin-1.
  const vector = join(import.meta.dirname, '../../vectors/latin-1.png');
  expect(await readQrImage(readFileSync(vector))).toEqual(['äöüßÄÖÜ']);
});

test('every frame of a GIF is read', async () => {
  const outgoing = makeOutgoing(new Uint8Array(700).fill(3));
  const parts = Array.from({ length: outgoing.partCount }, (_, i) => outgoing.part(i));
  expect(await readQrImage(qrGif(parts, 5))).toEqual(parts);
});

test('a code is read inverted, mirrored and on its side', async () => {
  const { data, width, height } = pixels(text);
  const turned = (from: (x: number, y: number) => number, invert = false) => {
    const png = new PNG({ width, height });
    for (let i = 0; i < width * height; i++) {
      const grey = data[from(i % width, Math.floor(i / width)) * 4] ?? 0;
      png.data.fill(invert ? 255 - grey : grey, i * 4, i * 4 + 3);
      png.data[i * 4 + 3] = 255;
    }
    return PNG.sync.write(png);
  };
  expect(await readQrImage(turned((x, y) => y * width + x, true))).toEqual([text]);
  expect(await readQrImage(turned((x, y) => y * width + (width - 1 - x)))).toEqual([text]);
  expect(await readQrImage(turned((x, y) => x * width + y))).toEqual([text]);
});

test('a picture without a code gives none', async () => {
  const png = new PNG({ width: 300, height: 200 });
  png.data.fill(200);
  expect(await readQrImage(PNG.sync.write(png))).toEqual([]);
});

test.each([
  ['an empty file', Buffer.alloc(0)],
  ['a text', Buffer.from('hello')],
  ['a cut-off PNG', Buffer.from(qrPng(text)).subarray(0, 90)],
  ['a PNG of a thousand million pixels', hugePng()],
  ['a cut-off JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ['a cut-off GIF', Buffer.from(qrGif([text], 5)).subarray(0, 60)],
  ['a cut-off BMP', Buffer.from('BM and not much more')],
  ['a broken WebP', Buffer.from('RIFF....WEBPVP8 ....')],
])('%s is refused by name', async (_, file) => {
  await expect(readQrImage(file)).rejects.toMatchObject({ code: 'not-an-image' });
});

function hugePng(): Buffer {
  const file = Buffer.from(qrPng(text));
  file.writeUInt32BE(40_000, 16);
  file.writeUInt32BE(40_000, 20);
  return file;
}

test('an animated PNG is refused, since only its still would be looked at; one of a single frame is read', async () => {
  const moving = animatedPng([qrPng(text), qrPng(text)]);
  await expect(readQrImage(moving)).rejects.toThrow(/animated PNG, and of its 2 frames only one/);
  expect(await readQrImage(animatedPng([qrPng(text)]))).toEqual([text]);
});
