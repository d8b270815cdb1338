import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the inputs that people really have (README.md), by its name in their folder. */
export const caseFile = (name: string): string => join('test/cases', name);

export const caseBytes = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(caseFile(name)));

/** The share that most of the cases are forms of, and those that the PGP messages hold. */
export const shareHex = 'a526bbd52429658fdee5b38d8c5eb64c579306e339bd3bd73d24d22711cb8881b5';
export const pgpShares = {
  ed: '5b9cf92c85ebb24577cd3ba473bf7a7bf7f7190fa04fba166e3d7536221259dd82',
  pass: '55ca19e0b40f4c616554c18e619d8a20ed90d3ed378ed49bd7a41625a651230983',
  dsa: 'cf78d300ad15f54cea58504ca71a5207416fa625cced2e179972e77dae212a6604',
} as const;

interface ShareCase {
  readonly file: string;
  /** Null where the share comes out; else the code of the refusal, and words of its sentence. */
  readonly refused: null | readonly [code: string, said: RegExp];
}

/** The forms of a share, and what is right for each. */
export const shareCases: readonly ShareCase[] = [
  ...['hex', 'b64', 'bom', 'utf16', 'nbsp', 'smartq', 'unsealkey1', 'quoted', 'b64url'].map((file) => ({
    file: `shares/${file}`,
    refused: null,
  })),
  {
    file: 'shares/initout',
    refused: ['token-in-clear', /5 key shares and the root token.*nothing was taken/],
  },
  {
    file: 'shares/initjson',
    refused: ['token-in-clear', /5 key shares and the root token.*nothing was taken/],
  },
  { file: 'shares/jsonarray5', refused: ['shares-in-clear', /5 key shares.*rebuilds the root key/] },
  { file: 'shares/twoshares', refused: ['shares-in-clear', /2 key shares/] },
  { file: 'shares/k8sdouble', refused: ['encoded-twice', /base64 once more/] },
];

interface KeyCase {
  readonly key: string;
  readonly share: string;
  /** The share in hex, or the code of the refusal. */
  readonly result: string;
}

/** Private keys as their tools hand them out, each with a share that was encrypted to it. */
export const keyCases: readonly KeyCase[] = [
  { key: 'ed.sec.asc', share: 'ed.b64', result: pgpShares.ed },
  { key: 'ed.sec.asc', share: 'ed.wrap76.b64', result: pgpShares.ed },
  { key: 'ed.sec.asc', share: 'ed.bom.b64', result: pgpShares.ed },
  { key: 'ed.sec.asc', share: 'ed.quoted.b64', result: pgpShares.ed },
  { key: 'ed.bom.sec.asc', share: 'ed.b64', result: pgpShares.ed },
  { key: 'ed.indented.sec.asc', share: 'ed.b64', result: pgpShares.ed },
  { key: 'ed.pub-and-sec.sec.asc', share: 'ed.b64', result: pgpShares.ed },
  { key: 'ed.sec.gpg', share: 'ed.b64', result: pgpShares.ed },
  { key: 'ed.two-blocks.sec.asc', share: 'ed.b64', result: 'several-keys' },
  { key: 'ed.pub.asc', share: 'ed.b64', result: 'not-a-private-key' },
  { key: 'bigphoto.sec.asc', share: 'ed.b64', result: 'not-for-this-key' },
  { key: 'pass.subonly.sec.asc', share: 'pass.b64', result: pgpShares.pass },
  { key: 'dsa.sec.asc', share: 'dsa.b64', result: pgpShares.dsa },
];

/** Pictures: the beginning of what their first code holds, or words of the refusal. */
export const pictureCases: readonly (readonly [file: string, codes: number, holds: string])[] = [
  ['m-page5.png', 1, shareHex.toUpperCase()],
  ['m-page6.png', 1, shareHex.toUpperCase()],
  ['card-150-1bit.png', 1, shareHex.toUpperCase()],
  ['animated.gif', 6, 'UR:AIRLOCK/1-6/'],
  ['foreign-url1.png', 1, 'https://'],
  ['foreign-wifi.png', 1, 'WIFI:'],
];

/** Texts of one message of Airlock's. */
export const codeCases: readonly string[] = ['whole.ur', 'wrap80.ur', 'quoted.ur', 'bom.ur', 'mail.ur'];
