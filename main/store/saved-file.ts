import writeFileAtomic from 'write-file-atomic';
import { reasonOf, StoreError } from './store-error';

/** Writes a file where a person asked for it. Throws `StoreError` 'file-unwritable' with the reason. */
export function saveText(path: string, text: string): void {
  try {
    writeFileAtomic.sync(path, text, { fsync: true });
  } catch (error) {
    throw new StoreError(
      'file-unwritable',
      `The file ${path} couldn't be written (${reasonOf(error)}). Choose another place.`,
    );
  }
}
