import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** A picture to read, and the answer: texts of its codes, or null where the picture itself could not be opened. */
export interface PictureRequest {
  readonly id: number;
  readonly picture: Blob;
}
export interface PictureAnswer {
  readonly id: number;
  readonly texts: string[] | null;
}

/** More pixels than this on a side help no reader and cost memory. */
const longestSide = 4000;

/** The reader's code comes from our own assets; without this it would ask a server on the Internet for it. */
const ready = fetch(wasmAddress)
  .then((response) => response.arrayBuffer())
  .then((wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }));

async function pixels(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture);
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

async function read(picture: Blob): Promise<string[] | null> {
  const image = await pixels(picture).catch(() => null);
  if (image === null) return null;
  await ready;
  const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 16 });
  return found.filter((code) => code.isValid).map((code) => code.text);
}

self.onmessage = (event: MessageEvent<PictureRequest>) => {
  const { id, picture } = event.data;
  void read(picture).then((texts) => self.postMessage({ id, texts } satisfies PictureAnswer));
};
