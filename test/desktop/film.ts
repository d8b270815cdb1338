import { closeSync, openSync, writeSync } from 'node:fs';
import type { Luma } from '../../shared/qr/luma';

/**
 * The switches that make Chromium's own fake camera show a film; the app grants the camera as it always does.
 */
export const filmSwitches = (path: string): string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${path}`,
];

/**
 * Writes frames of one size as YUV4MPEG2, which the fake camera plays in a loop, at `rate` frames a second.
 * Returns where in the file the pixels of the first frame begin, in bytes.
 */
export function writeFilm(path: string, frames: readonly Luma[], rate: number): number {
  const [first] = frames;
  if (first === undefined) throw new Error('a film of no frames');
  const { width, height } = first;
  // The colour planes of grey, at half the size both ways.
  const colours = new Uint8Array((width / 2) * (height / 2) * 2).fill(128);
  const file = openSync(path, 'w');
  const head = writeSync(file, `YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`);
  const mark = 'FRAME\n';
  for (const { data } of frames) {
    writeSync(file, mark);
    writeSync(file, data);
    writeSync(file, colours);
  }
  closeSync(file);
  return head + mark.length;
}
