import { existsSync } from 'node:fs';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { StationError } from '../../station/station-error';
import { readSealed, writeSealed } from '../../store/seal/sealed-file';
import { destroyFile } from '../../store/secret-file';

/** A ceremony's private key or OTP on disk: encrypted to the officer's identity key, never in the clear. */
export class CeremonySecret {
  constructor(private readonly path: string) {}

  get isHere(): boolean {
    return existsSync(this.path);
  }

  /** `publicKey`: the officer's, binary. On the disk when this returns. */
  async keep(secret: Uint8Array, publicKey: Uint8Array): Promise<void> {
    const sealed = await encryptToKey(secret, publicKey);
    writeSealed(this.path, sealed);
  }

  /** The secret, for the caller to wipe. Throws `StationError` 'no-secret' once it was destroyed. */
  async read(privateKey: Uint8Array): Promise<Uint8Array> {
    const sealed = readSealed(this.path);
    if (sealed === null) {
      throw new StationError(
        'no-secret',
        "This ceremony's key is no longer on this laptop, so nothing can be decoded here.",
      );
    }
    return decryptWithKey(sealed, privateKey);
  }

  /** Overwrites and deletes it. */
  destroy(): void {
    if (this.isHere) destroyFile(this.path);
  }
}
