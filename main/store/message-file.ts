import writeFileAtomic from 'write-file-atomic';

/** Keeps a message's wire bytes at `path`, closed to others and on the disk when this returns. */
export function writeMessageFile(path: string, bytes: Uint8Array): void {
  writeFileAtomic.sync(path, Buffer.from(bytes), { mode: 0o600, fsync: true });
}
