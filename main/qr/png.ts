import wasm from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url&inline';
import { decode, init } from '@jsquash/png/decode';
import { type Luma, lumasOf } from '../../shared/qr/luma';
import { bytesOfDataUrl } from './data-url';
import { wholeBuffer } from './whole-buffer';

/**
 * The grey pixels of a PNG (the Rust decoder, compiled to WebAssembly); of one with transparent pixels on
 * white, and on black. Throws `Error` where it is damaged or cut off.
 */
export async function decodePng(file: Uint8Array): Promise<Luma[]> {
  await init(bytesOfDataUrl(wasm));
  const { data, width, height } = await decode(wholeBuffer(file));
  return lumasOf(data, width, height);
}
