import wasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url&inline';
import decode, { init } from '@jsquash/jpeg/decode';
import { type Luma, lumaOf } from '../../shared/qr/luma';
import { bytesOfDataUrl } from './data-url';
import { wholeBuffer } from './whole-buffer';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The grey pixels of a JPEG (MozJPEG, compiled to WebAssembly). What is missing of a file that is cut off is
 * grey. Throws where it is damaged or of another kind: what exactly, is the codec's matter.
 */
export async function decodeJpeg(file: Uint8Array): Promise<Luma> {
  compiled ??= WebAssembly.compile(bytesOfDataUrl(wasm));
  const module = await compiled;
  // An instance for each picture: its memory never shrinks, and a damaged picture leaves its own behind.
  await init({
    // Its warnings are of no use to anyone who reads a code.
    printErr: () => {},
    instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      ready(instance);
      return instance.exports;
    },
  });
  const { data, width, height } = await decode(wholeBuffer(file));
  return lumaOf(data, width, height);
}
