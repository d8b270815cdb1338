import { hexSha256 } from '../../sha256';
import { verifyScript } from './verify-script';

/**
 * SHA-256 of the `verify.sh` of each earlier version. A version that changes the script adds the one before
 * to these.
 */
const EARLIER: ReadonlySet<string> = new Set([
  // 0.1.0
  '2098d196dd654e231b6c776c7cdadafbcaa5e3cb8d0628e1a030f89f0fa1b3fc',
  // 0.1.0, as long as plans had lines of text alone
  '1e3dd3d1520fdc2fe18830f46063bc76cdc3abef318cb17dd04fe8c11076a485',
  // 0.1.0, as long as reports were no PDF, and no journal told of the build that wrote it
  '3654054fa2ac27ac34caba72b48827d1f952bab4f59f3eb8c3450d8e2961a96b',
  // 0.1.0, as long as no ceremony went by a script, witnesses signed at the end alone, and no journal told
  // what keeps a laptop from a network
  'fed096ed2ce2c242cf38db1235c7b9399a63c2fa6881e52c51ef157ca01d0dd8',
  // 0.1.0, as long as no script proposed anything for the plan
  '1dfa04666aef2931d588abade85dd957c2559133a112b71739011d2a5380cf5f',
]);

/** Whether a `verify.sh` with that SHA-256 (lower-case hex) is of this or an earlier version of Airlock. */
export const isOwnScript = (digest: string): boolean => digest === ownScript() || EARLIER.has(digest);

/** Lower-case hex SHA-256 of the script that this version writes. */
export function ownScript(): string {
  own ??= hexSha256(verifyScript());
  return own;
}

/** The script is the same for as long as the program runs. */
let own: string | undefined;
