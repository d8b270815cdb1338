import { type Luma, lumaOf } from '../../../shared/qr/luma';

/** Formats whose first plane is the grey picture, a byte a pixel: what nearly all cameras give. */
const greyFirst: readonly string[] = ['I420', 'I420A', 'I422', 'I444', 'NV12'];

let canvas: OffscreenCanvas | null = null;

/**
 * The grey of a frame. Taken straight from the camera's own brightness plane where there is one. Throws
 * `Error` where there is no canvas, and what the browser throws of a frame that it can't open: the scan
 * worker answers null then.
 */
export async function grabLuma(frame: VideoFrame | ImageBitmap): Promise<Luma> {
  if ('copyTo' in frame && frame.format !== null && greyFirst.includes(frame.format)) {
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    const planes = new Uint8Array(frame.allocationSize());
    const layout = await frame.copyTo(planes);
    return pickRows(planes, layout[0]?.offset ?? 0, layout[0]?.stride ?? width, width, height);
  }
  const width = 'copyTo' in frame ? frame.displayWidth : frame.width;
  const height = 'copyTo' in frame ? frame.displayHeight : frame.height;
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(frame, 0, 0, width, height);
  return lumaOf(context.getImageData(0, 0, width, height).data, width, height);
}

/** A plane without what its rows are padded with. */
function pickRows(planes: Uint8Array, offset: number, stride: number, width: number, height: number): Luma {
  if (stride === width) return { data: planes.subarray(offset, offset + width * height), width, height };
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    data.set(planes.subarray(offset + y * stride, offset + y * stride + width), y * width);
  }
  return { data, width, height };
}
