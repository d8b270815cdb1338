import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Luma } from '../../shared/qr/luma';
import { filmSwitches, writeFilm } from './film';

/** Of the frames that the camera gives: what the app asks for. */
const width = 1280;
const height = 720;
const rate = 30;
/** Grey of the wall, which is seen around the other screen and where there is none. */
const wall = 120;

/**
 * What the camera of one app sees, as long as the app runs. Chromium's fake camera reads its file anew for
 * each frame: a film of one frame that is written over is seen at once, by a camera that is on already, too.
 */
export class Eyes {
  private readonly folder = mkdtempSync(join(tmpdir(), 'airlock-eyes-'));
  private readonly film = join(this.folder, 'film.y4m');
  private readonly file: number;
  /** Where the pixels of the frame begin in the file, in bytes. */
  private readonly pixels: number;

  constructor() {
    this.pixels = writeFilm(this.film, [before(null)], rate);
    this.file = openSync(this.film, 'r+');
  }

  /** The switches with which an app is started to have these eyes. */
  get switches(): string[] {
    return filmSwitches(this.film);
  }

  /** The picture is in front of the camera from now on; null: the wall alone. */
  see(picture: Luma | null): void {
    writeSync(this.file, before(picture).data, 0, width * height, this.pixels);
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A frame with the picture in its middle, cut off where it is larger. */
function before(picture: Luma | null): Luma {
  const data = new Uint8Array(width * height).fill(wall);
  if (picture === null) return { data, width, height };
  const left = Math.floor((width - picture.width) / 2);
  const top = Math.floor((height - picture.height) / 2);
  for (let y = Math.max(0, -top); y < picture.height && y + top < height; y++) {
    const line = y * picture.width;
    const shown = picture.data.subarray(
      line + Math.max(0, -left),
      line + Math.min(picture.width, width - left),
    );
    data.set(shown, (y + top) * width + Math.max(0, left));
  }
  return { data, width, height };
}
