import {
  BINARIZERS,
  encodeFormats,
  prepareZXingModule,
  TEXT_MODES,
  type ZXingReaderOptions,
  type ZXingReadResult,
  type ZXingVector,
} from 'zxing-wasm/reader';
import type { Luma } from './luma';

/** A pixel position, from the top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A code found in a picture. */
export interface FoundCode {
  readonly text: string;
  /** In pixels: top left, top right, bottom right, bottom left, as the code itself is turned. */
  readonly corners: readonly [Point, Point, Point, Point];
}

/** How one look at a picture is done: more finds more, and takes longer. */
export interface Look {
  readonly binarizer: (typeof BINARIZERS)[number];
  readonly harder?: boolean;
  readonly rotated?: boolean;
  readonly inverted?: boolean;
  readonly downscaled?: boolean;
  readonly denoised?: boolean;
  /** Micro QR and rMQR too. */
  readonly allKinds?: boolean;
  /** Codes looked for, 1 by default. */
  readonly most?: number;
}

/** Looks once at a picture. Not to be called while another call runs: both would use the same memory. */
export type LookAt = (picture: Luma, look: Look) => FoundCode[];

/**
 * The QR reader (zxing-cpp, compiled to WebAssembly), from the bytes of `zxing_reader.wasm`. They are handed
 * in, because the library would otherwise fetch them from the network. Throws
 * `Error` where the library's module is not the one that is known here: then this program was built wrongly.
 */
export async function openCodeReader(wasm: ArrayBuffer): Promise<LookAt> {
  const zxing: object = await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
  if (!isReader(zxing)) throw new Error('zxing-wasm has changed its module');
  return (picture, look) => lookAt(zxing, picture, look);
}

/**
 * What is used of the module, as its types have it; those of its memory are Emscripten's, which are global.
 */
interface Reader {
  /** Changes when the memory grows. */
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
  readBarcodesFromPixmap(
    address: number,
    width: number,
    height: number,
    options: ZXingReaderOptions,
  ): ZXingVector<ZXingReadResult>;
}

const isReader = (module: object): module is Reader =>
  'HEAPU8' in module && '_malloc' in module && '_free' in module && 'readBarcodesFromPixmap' in module;

/**
 * Calls the module itself rather than `readBarcodes`, which makes a grey copy of an RGBA picture each time
 * and never frees its list of results: over a hundred thousand frames that memory counts.
 */
function lookAt(zxing: Reader, picture: Luma, look: Look): FoundCode[] {
  const { data, width, height } = picture;
  if (width < 1 || height < 1 || data.length < width * height) return [];
  const address = zxing._malloc(width * height);
  if (!address) return [];
  try {
    zxing.HEAPU8.set(data.length === width * height ? data : data.subarray(0, width * height), address);
    const results = zxing.readBarcodesFromPixmap(address, width, height, optionsOf(look));
    try {
      const found: FoundCode[] = [];
      for (let i = 0; i < results.size(); i++) {
        const result = results.get(i);
        if (!result?.isValid) continue;
        const { topLeft, topRight, bottomRight, bottomLeft } = result.position;
        found.push({ text: result.text, corners: [topLeft, topRight, bottomRight, bottomLeft] });
      }
      return found;
    } finally {
      if (isDeletable(results)) results.delete();
    }
  } finally {
    zxing._free(address);
  }
}

const isDeletable = (value: object): value is { delete(): void } =>
  'delete' in value && typeof value.delete === 'function';

function optionsOf(look: Look): ZXingReaderOptions {
  return {
    formats: look.allKinds ? qrKinds : plainQr,
    binarizer: BINARIZERS.indexOf(look.binarizer),
    tryHarder: look.harder ?? false,
    tryRotate: look.rotated ?? false,
    tryInvert: look.inverted ?? false,
    tryDownscale: look.downscaled ?? false,
    tryDenoise: look.denoised ?? false,
    maxNumberOfSymbols: look.most ?? 1,
    isPure: false,
    // Lower than usual: a third of 1280 × 720 is still enough for a code that fills it.
    downscaleThreshold: 200,
    downscaleFactor: 3,
    minLineCount: 2,
    validateOptionalChecksum: false,
    returnErrors: false,
    eanAddOnSymbol: 0,
    textMode: TEXT_MODES.indexOf('Plain'),
    characterSet: 0,
    tryCode39ExtendedMode: false,
  };
}

const plainQr = encodeFormats(['QRCodeModel2']);
const qrKinds = encodeFormats(['QRCode']);
