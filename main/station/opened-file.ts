import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { reasonOf } from '../store/store-error';
import type { PickedFile } from './places';
import { StationError } from './station-error';

/** A photo or a moving code is some megabytes; a larger file than this is something else. */
const LARGEST_BYTES = 64_000_000;

/** A pipe would keep its reader waiting, which a person would see as a program that hangs. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** The file that the program was started on. It is read when a window has a place for it, and given once. */
export class OpenedFile {
  /** @param path absolute; null where there is none */
  constructor(private path: string | null) {}

  /** Throws `StationError` 'file-unreadable' and 'file-too-large', once as well. */
  async take(): Promise<PickedFile | null> {
    const path = this.path;
    this.path = null;
    if (path === null) return null;
    let file: FileHandle | null = null;
    try {
      file = await open(path, withoutWaiting);
      const found = await file.stat();
      if (!found.isFile()) throw unreadable(path, 'it is no file');
      if (found.size > LARGEST_BYTES) throw tooLarge(path);
      return { name: basename(path), bytes: new Uint8Array(await file.readFile()) };
    } catch (error) {
      throw error instanceof StationError ? error : unreadable(path, reasonOf(error));
    } finally {
      await file?.close();
    }
  }
}

const unreadable = (path: string, why: string): StationError =>
  new StationError(
    'file-unreadable',
    `The file ${basename(path)}, with which Airlock was opened, can’t be read (${why}). Nothing was taken in. Check that it is still there, and choose it here.`,
  );

const tooLarge = (path: string): StationError =>
  new StationError(
    'file-too-large',
    `The file ${basename(path)}, with which Airlock was opened, is too large to be one of ours. Nothing was taken in. Choose the file that the other station saved, or a picture of its code.`,
  );
