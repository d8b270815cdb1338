import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { createMessage, encrypt, readKey } from 'openpgp';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { qrPng } from '../../main/qr/qr-png';
import { type KeyPair, lockPrivateKey, makeKeyPair } from '../../shared/openpgp/key-pair';
import { be } from './hostile/bytes';
import * as pictures from './hostile/pictures';

/**
 * What no file from outside may take, whatever is in it. The time is the processor's: other tests run beside.
 */
const mostSeconds = 10;
const mostMegabytes = 1024;

interface Outcome {
  readonly value?: unknown;
  readonly code?: string;
  readonly message?: string;
  readonly seconds: number;
  readonly busy: number;
  readonly megabytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'airlock-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => build({ configFile: resolve('test/attack/hostile/vite.config.ts'), logLevel: 'warn' }));

/** What a process of its own makes of the bytes, and what that took; no more than the bars. */
async function read(way: string, bytes: Uint8Array, other?: Uint8Array): Promise<Outcome> {
  const files = [bytes, other].flatMap((content, i) => {
    if (!content) return [];
    const path = join(folder, `file-${i}`);
    writeFileSync(path, content);
    return [path];
  });
  const said = await new Promise<string>((done, failed) =>
    execFile(
      process.execPath,
      [resolve('test/out/attack/probe.mjs'), way, ...files],
      { timeout: 120_000 },
      (error, output) => (error ? failed(error) : done(output)),
    ),
  );
  const outcome: Outcome = JSON.parse(said.trim().split('\n').at(-1) ?? '');
  expect(outcome.megabytes).toBeLessThan(mostMegabytes);
  expect(outcome.busy).toBeLessThan(mostSeconds);
  return outcome;
}

/** A refusal is a sentence of ours with a code. */
async function refused(way: string, code: string, bytes: Uint8Array, other?: Uint8Array): Promise<void> {
  const outcome = await read(way, bytes, other);
  expect(outcome).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
}

describe('a carrier hands over a picture', () => {
  const everywhere = { x: 0, y: 0, width: 1, height: 1 };
  test.each<[string, () => Uint8Array]>([
    [
      '44 bytes of WebP that say they have 268 million pixels',
      () => pictures.emptyLosslessWebp(16383, 16383),
    ],
    ['10 kB of WebP that say the same', () => pictures.lossyWebp(16383, 16383, 5000)],
    [
      '770 bytes of GIF that have fifty frames of 25 million',
      () => pictures.gif({ width: 5000, height: 5000 }, new Array(50).fill(everywhere)),
    ],
    [
      'a GIF with a frame far larger than itself',
      () => pictures.gif({ width: 10, height: 10 }, [{ ...everywhere, width: 65535, height: 65535 }]),
    ],
    [
      'a GIF with a frame that hangs over its edge',
      () => pictures.gif({ width: 10, height: 10 }, [{ ...everywhere, x: 9, width: 10 }]),
    ],
    [
      'a GIF with a hundred thousand frames',
      () => pictures.gif({ width: 10, height: 10 }, new Array(100_000).fill(everywhere)),
    ],
    ['a JPEG of 4 thousand million pixels', () => pictures.emptyScansJpeg(65500, 65500, 0)],
    ['a JPEG drawn in two thousand passes', () => pictures.emptyScansJpeg(8000, 8000, 2000)],
    [
      'a BMP of more pixels than a number holds',
      () => pictures.bmp(0x7fffffff, -0x7fffffff, 24, 0, be(4, 0)),
    ],
    ['a BMP of 50 million pixels that ends after four', () => pictures.bmp(7000, 7000, 24, 0, be(4, 0))],
    ['a BMP of runs', () => pictures.bmp(60000, 1000, 8, 1, be(4, 0))],
  ])('%s: it is refused with a sentence', async (_, file) => {
    await refused('picture', 'not-an-image', file());
  });

  test.each<[string, () => Uint8Array]>([
    ['44 bytes of WebP that have 50 million pixels', () => pictures.emptyLosslessWebp(7100, 7100)],
    [
      'a GIF of 16 million pixels in a few kB',
      () =>
        pictures.gif({ width: 4000, height: 4000 }, [
          { ...everywhere, width: 4000, height: 4000, data: pictures.lzwOfOneColour(16e6) },
        ]),
    ],
    ['a JPEG of 64 million pixels in sixty passes', () => pictures.emptyScansJpeg(8000, 8000, 60)],
    [
      'a PNG of 49 million pixels of 64 bits',
      () =>
        pictures.png({ width: 7000, height: 7000, depth: 16, colour: 6, rows: new Uint8Array(7000 * 56001) }),
    ],
    ['a PNG of nothing but noise', () => noise(2000)],
  ])('%s: nothing is found in it, in time', async (_, file) => {
    expect((await read('picture', file())).value).toEqual([]);
  });

  test('a small PNG, interlaced or not, that unpacks to a hundred million bytes: they are never unpacked', async () => {
    const rows = new Uint8Array(100_000_000);
    for (const interlaced of [true, false]) {
      const outcome = await read('picture', pictures.png({ width: 100, height: 100, interlaced, rows }));
      expect(outcome.value).toEqual([]);
      expect(outcome.megabytes).toBeLessThan(300);
    }
  });

  test('a PNG with a profile and a text that unpack to a hundred million bytes each: it is refused with a sentence', async () => {
    const bomb = deflateRawSync(new Uint8Array(100_000_000));
    const code = Buffer.from(qrPng('UR:AIRLOCK/LSADAOAXJYGONESW'));
    const chunks = ['iCCP', 'zTXt'].map((type) =>
      pictures.pngChunk(type, Buffer.concat([Buffer.from('x\0\0'), bomb])),
    );
    const file = Buffer.concat([code.subarray(0, 33), ...chunks, code.subarray(33)]);
    await refused('picture', 'not-an-image', file);
  });
});

/** Black and white by chance: every line of it has what may be a part of a code. */
function noise(side: number): Uint8Array {
  let state = 1;
  const rows = new Uint8Array(side * (side + 1)).map((_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return i % (side + 1) > 0 && state >>> 31 ? 255 : 0;
  });
  return pictures.png({ width: side, height: side, rows });
}

const packet = (tag: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), be(4, body.length), body]);

/** A compressed packet (RFC 9580, 5.6) with a literal one of so many zeros in it. */
const compressedZeros = (bytes: number): Buffer =>
  packet(
    8,
    Buffer.concat([
      Buffer.from([1]),
      deflateRawSync(packet(11, Buffer.concat([Buffer.from('b\0\0\0\0\0'), Buffer.alloc(bytes)]))),
    ]),
  );

describe('someone sends something of OpenPGP', () => {
  let pair: KeyPair;
  beforeAll(async () => {
    pair = await makeKeyPair({ name: 'Olga', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
  });

  async function encrypted(text: string): Promise<Buffer> {
    const encryptionKeys = await readKey({ binaryKey: pair.publicKey });
    const message = await createMessage({ text });
    const sealed: unknown = await encrypt({ message, encryptionKeys, format: 'binary' });
    if (!(sealed instanceof Uint8Array)) throw new Error('not binary');
    return Buffer.from(sealed);
  }

  test('a message of one compressed layer that unpacks to a thousand times its size', async () => {
    await refused('message', 'not-a-message', compressedZeros(500_000_000), pair.privateKey);
  });

  test('the same, encrypted to the officer’s key', async () => {
    const encryptionKeys = await readKey({ binaryKey: pair.publicKey });
    const message = await createMessage({ binary: new Uint8Array(200_000_000) });
    const config = { preferredCompressionAlgorithm: 1 };
    const sealed: unknown = await encrypt({ message, encryptionKeys, format: 'binary', config });
    if (!(sealed instanceof Uint8Array)) throw new Error('not binary');
    await refused(
      'message',
      sealed.length > 1_000_000 ? 'not-a-message' : 'damaged-message',
      sealed,
      pair.privateKey,
    );
  });

  test('a message that is a hundred megabytes long', async () => {
    await refused('message', 'not-a-message', packet(11, Buffer.alloc(100_000_000)), pair.privateKey);
  });

  test('a message of half a million packets', async () => {
    await refused(
      'message',
      'not-a-message',
      Buffer.alloc(1_000_000, Buffer.from([0xd5, 0])),
      pair.privateKey,
    );
  });

  test('a message that is encrypted to the same key five thousand times', async () => {
    const whole = await encrypted('s.token');
    const first = whole.subarray(0, 2 + (whole[1] ?? 0));
    const file = Buffer.concat([...new Array<Buffer>(5000).fill(first), whole.subarray(first.length)]);
    await refused('message', 'damaged-message', file, pair.privateKey);
  });

  test('a message to a few others besides is still opened', async () => {
    const whole = await encrypted('s.token');
    const other = Buffer.from(whole.subarray(0, 2 + (whole[1] ?? 0)));
    other.fill(7, 3, 11);
    const file = Buffer.concat([...new Array<Buffer>(50).fill(other), whole]);
    expect((await read('message', file, pair.privateKey)).value).toBe(7);
  });

  test('a key with a photograph of five megabytes: it is taken', async () => {
    const photograph = packet(
      17,
      Buffer.concat([Buffer.from([0xff]), be(4, 5_000_001), Buffer.alloc(5_000_001, 1)]),
    );
    const outcome = await read('public-key', Buffer.concat([pair.publicKey, photograph]));
    expect(outcome.code ?? 'taken').not.toBe('not-a-key');
  });

  test('a key with twenty thousand signatures of its own', async () => {
    const key = Buffer.from(pair.publicKey);
    const signature = packetAt(key, 2);
    const file = Buffer.concat([
      key.subarray(0, signature.end),
      ...new Array<Buffer>(19_000).fill(key.subarray(signature.start, signature.end)),
      key.subarray(signature.end),
    ]);
    await refused('public-key', 'not-a-key', file);
  });

  test('an RSA key of thirty thousand bits', async () => {
    const number = Buffer.concat([be(2, 30_000), Buffer.alloc(3750, 0xff)]);
    const key = packet(
      6,
      Buffer.concat([
        Buffer.from([4]),
        be(4, 1e9),
        Buffer.from([1]),
        number,
        be(2, 17),
        Buffer.from([1, 0, 1]),
      ]),
    );
    await refused('public-key', 'not-a-key', Buffer.concat([key, packet(13, Buffer.from('Olga'))]));
  });

  test('a private key whose passphrase is stretched over a thousand gigabytes of memory', async () => {
    const locked = await lockedWith(Buffer.from([4, ...new Array<number>(16).fill(1), 255, 4, 30]));
    await refused('private-key', 'unreadable-key', locked);
  });

  test('a private key in a hundred parts, each with its passphrase stretched as far as it goes', async () => {
    const whole = Buffer.from(await lockPrivateKey(pair.privateKey, 'passphrase').then(binaryOf));
    const { start, end } = packetAt(whole, 3);
    const subkey = whole.subarray(start);
    expect(end).toBeLessThan(whole.length + 1);
    await refused(
      'private-key',
      'unreadable-key',
      Buffer.concat([whole, ...new Array<Buffer>(100).fill(subkey)]),
    );
  });

  test('a signature file of a hundred thousand signatures', async () => {
    await refused(
      'signature',
      'not-a-signature',
      Buffer.alloc(5_000_000, Buffer.from([0xc2, 1, 4])),
      pair.publicKey,
    );
  });

  /** The key's first packet with this in place of how its passphrase is stretched. */
  async function lockedWith(s2k: Buffer): Promise<Buffer> {
    const whole = Buffer.from(await lockPrivateKey(pair.privateKey, 'passphrase').then(binaryOf));
    // Usage 254, AES-256, then the iterated S2K of eleven bytes: its kind, hash, salt and count.
    const at = whole.indexOf(Buffer.from([254, 9, 3]));
    const { body, end } = packetAt(whole, 0);
    const changed = Buffer.concat([whole.subarray(body, at + 2), s2k, whole.subarray(at + 13, end)]);
    return Buffer.concat([packet(5, changed), whole.subarray(end)]);
  }
});

function binaryOf(armored: string): Uint8Array {
  const lines = armored.replace(/\r/g, '').split('\n\n')[1]?.split('\n=')[0] ?? '';
  return Buffer.from(lines, 'base64');
}

/** Where the n-th packet begins, its body, and where it ends; as openpgp writes them, of the new form. */
function packetAt(bytes: Buffer, n: number): { start: number; body: number; end: number } {
  for (let start = 0, i = 0; ; i++) {
    const lead = bytes[start + 1] ?? 0;
    const [header, length] =
      lead < 192
        ? [2, lead]
        : lead < 224
          ? [3, ((lead - 192) << 8) + (bytes[start + 2] ?? 0) + 192]
          : [6, bytes.readUInt32BE(start + 2)];
    const end = start + header + length;
    if (i === n) return { start, body: start + header, end };
    start = end;
  }
}

describe('a carrier shows codes, or hands over bytes', () => {
  test('parts of messages with absurd numbers and counts, ten thousand of them', async () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, i) => `UR:AIRLOCK/${i + 1}-${4_000_000_000 - i}/LPADAXCFAO`,
    );
    expect((await read('codes', Buffer.from(lines.join('\n')))).value).toBe(0);
  });

  test.each([
    ['lists in lists, a million deep', 'too-large', Buffer.alloc(1_000_000, 0x81)],
    ['lists in lists, six thousand deep', 'not-a-message', Buffer.alloc(6000, 0x81)],
    [
      'a list that says it has four thousand million things in it',
      'not-a-message',
      Buffer.from([0x9a, 0xff, 0xff, 0xff, 0xff]),
    ],
    [
      'bytes that say they are four thousand million',
      'not-a-message',
      Buffer.from([0x5a, 0xff, 0xff, 0xff, 0xff]),
    ],
    [
      'a million empty lists in one',
      'too-large',
      Buffer.concat([Buffer.from([0x9a]), be(4, 5_000_000), Buffer.alloc(5_000_000, 0x80)]),
    ],
  ])('a message of %s', async (_, code, bytes) => {
    await refused('wire', code, bytes);
  });
});
