import jsQR from 'jsqr';
import { decodeQR } from 'qr/decode.js';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline';
import { bytesOfDataUrl } from '../../main/qr/data-url';
import { codeReader } from '../../main/qr/read-image';
import { lumaOf } from '../../shared/qr/luma';
import { readFrame } from '../../shared/qr/read-frame';

/** A frame as a canvas gives it, the same for every reader. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'srgb';
}

export interface Reader {
  readonly name: string;
  /** Ours is held against the others. */
  readonly ours: boolean;
  read(frame: Pixels): Promise<readonly string[]>;
}

/** Everything zxing-wasm has for QR codes. */
const everythingOn: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: true,
};

/** Ours, and those it is held against. */
export async function readers(): Promise<readonly Reader[]> {
  const look = await codeReader();
  await prepareZXingModule({ overrides: { wasmBinary: bytesOfDataUrl(wasm) }, fireImmediately: true });
  const zxing = async (frame: Pixels, options: ReaderOptions) =>
    (await readBarcodes(frame, options)).map((code) => code.text);
  return [
    {
      name: 'airlock',
      ours: true,
      read: async ({ data, width, height }) =>
        readFrame(look, lumaOf(data, width, height)).map((code) => code.text),
    },
    { name: 'zxing-wasm, everything on', ours: false, read: (frame) => zxing(frame, everythingOn) },
    {
      name: 'zxing-wasm, first code only',
      ours: false,
      read: (frame) => zxing(frame, { ...everythingOn, maxNumberOfSymbols: 1 }),
    },
    {
      name: 'qr',
      ours: false,
      read: async (frame) => {
        try {
          return [decodeQR(frame)];
        } catch {
          return [];
        }
      },
    },
    {
      name: 'jsqr',
      ours: false,
      read: async ({ data, width, height }) => {
        const code = jsQR(data, width, height);
        return code ? [code.data] : [];
      },
    },
  ];
}
