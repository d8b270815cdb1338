import { readFileSync } from 'node:fs';
import { readQrImage } from '../../../main/qr/read-image';
import { decodeCbor } from '../../../shared/message/cbor';
import { parseWire } from '../../../shared/message/wire';
import { unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { checkKeyForServer, parsePublicKey } from '../../../shared/openpgp/public-key';
import { decryptWithKey } from '../../../shared/openpgp/sealed-to-self';
import { verifyDetached } from '../../../shared/openpgp/signature';
import { UrReader } from '../../../shared/qr/ur';

const bytesOf = (path = ''): Uint8Array => new Uint8Array(readFileSync(path));

const ways: Readonly<Record<string, (...paths: string[]) => Promise<unknown>>> = {
  picture: async (path) => readQrImage(bytesOf(path)),
  message: async (path, key) => (await decryptWithKey(bytesOf(path), bytesOf(key))).length,
  'public-key': async (path) => {
    const { binary } = await parsePublicKey(bytesOf(path));
    await checkKeyForServer(binary, new Date('2040-01-01'));
    return binary.length;
  },
  'private-key': async (path) => (await unlockPrivateKey(bytesOf(path), 'passphrase')).length,
  signature: async (path, key) => verifyDetached(new Uint8Array(8), bytesOf(path), bytesOf(key)),
  cbor: async (path) => typeof decodeCbor(bytesOf(path)),
  wire: async (path) => parseWire(bytesOf(path)).envelope.type,
  codes: async (path) => {
    const reader = new UrReader();
    return readFileSync(path ?? '', 'utf8')
      .split('\n')
      .map((text) => reader.receive(text).status)
      .filter((status) => status === 'complete').length;
  },
};

/** Reads one file in the way named, and says on standard output what that came to, and what it took. */
const [, , way = '', ...paths] = process.argv;
const started = performance.now();
let outcome: { value: unknown } | { code: unknown; message: string };
try {
  outcome = { value: await ways[way]?.(...paths) };
} catch (error) {
  outcome = { code: error instanceof Error && 'code' in error ? error.code : null, message: String(error) };
}
const seconds = (performance.now() - started) / 1000;
// Not `resourceUsage().maxRSS`: that begins with what the process had which started this one.
const peak = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
const { user, system } = process.cpuUsage();
const busy = (user + system) / 1e6;
console.log(JSON.stringify({ ...outcome, seconds, busy, megabytes: peak / 1024 }));
