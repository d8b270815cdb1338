import { existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { destroyFile } from '../../store/secret-file';
import { StationError } from '../station-error';

/** A ceremony's private key or OTP on disk: encrypted to the officer's identity key, never in the clear. */
export class CeremonySecret {
  constructor(private readonly path: string) {}

  get isHere(): boolean {
    return existsSync(this.path);
  }

  /** `publicKey`: the officer's, binary. On the disk when this returns. */
  async keep(secret: Uint8Array, publicKey: Uint8Array): Promise<void> {
    const sealed = await encryptToKey(secret, publicKey);
    await writeFileAtomic(this.path, Buffer.from(sealed), { mode: 0o600, fsync: true });
  }

  /** The secret, for the caller to wipe. Throws `StationError` 'no-secret' once it was destroyed. */
  async read(privateKey: Uint8Array): Promise<Uint8Array> {
    if (!this.isHere) {
      throw new StationError(
        'no-secret',
        "This ceremony's key is no longer on this laptop, so nothing can be decoded here.",
      );
    }
    return decryptWithKey(new Uint8Array(readFileSync(this.path)), privateKey);
  }

  /** Overwrites and deletes it. */
  destroy(): void {
    if (this.isHere) destroyFile(this.path);
  }
}
