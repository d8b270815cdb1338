import wasm from '@jsquash/webp/codec/dec/webp_dec.wasm?url&inline';
import decode, { init } from '@jsquash/webp/decode';
import { bytesOfDataUrl } from './data-url';
import { wholeBuffer } from './whole-buffer';

interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

let ready: Promise<void> | undefined;

/** RGBA pixels of a WebP file (libwebp, compiled to WebAssembly). Throws `Error` where it is damaged. */
export async function decodeWebp(file: Uint8Array): Promise<Pixels> {
  ready ??= prepare();
  await ready;
  return decode(wholeBuffer(file));
}

async function prepare(): Promise<void> {
  // The decoder hands its pixels out as the browser's class, which Node does not have.
  if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: NodeImageData });
  await init(await WebAssembly.compile(bytesOfDataUrl(wasm)));
}

class NodeImageData implements Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
