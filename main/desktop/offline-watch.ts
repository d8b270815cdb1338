import { lookAtInterfaces, type OfflineProof, proveOffline } from './offline-proof';

const EVERY_MS = 5000;

/** Looks at the machine's network every few seconds, and tells after each look. */
export class OfflineWatch {
  private proof = proveOffline(lookAtInterfaces, new Date());

  constructor(private readonly looked: () => void) {}

  get latest(): OfflineProof {
    return this.proof;
  }

  start(): void {
    setInterval(() => {
      this.proof = proveOffline(lookAtInterfaces, new Date());
      this.looked();
    }, EVERY_MS);
  }
}
