import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createMessage, readPrivateKey, sign } from 'openpgp';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { parsePublicKey } from '../../../shared/openpgp/public-key';
import { shortSignature } from '../../../shared/openpgp/short-signature';
import { armorSignature } from '../../../shared/openpgp/signature';
import { hexSha256 } from '../../../shared/sha256';
import { checkpointText } from '../../../shared/transcript/checkpoint';
import type { JournalLine } from '../../../shared/transcript/event';
import { nextLine, type WrittenLine } from '../../../shared/transcript/journal-line';
import { summaryOf } from '../../../shared/transcript/summary';

const DAY_MS = 86_400_000;
const BEGAN = Date.parse('2000-01-01T09:00:00Z');

type Sign = (text: string) => Promise<string>;

interface Station {
  readonly folder: string;
  readonly lines: readonly JournalLine[];
  readonly signers: readonly string[];
}

/** What ceremonies are made after: one that was rehearsed, with other people, whose keys are at hand. */
export interface Pattern {
  readonly stations: readonly Station[];
  readonly keys: ReadonlyMap<string, string>;
  readonly sign: ReadonlyMap<string, Sign>;
  readonly script: Uint8Array;
  /** Of its first line. */
  readonly began: number;
  readonly lines: number;
  readonly signatures: number;
}

/** Reads it from the folder of a rehearsal. */
export async function patternIn(folder: string): Promise<Pattern> {
  const names = readdirSync(join(folder, 'keys')).map((file) => file.replace(/\.asc$/, ''));
  const keys = new Map<string, string>();
  const signers = new Map<string, Sign>();
  /** Fingerprints and digests of keys, by those of the rehearsal. */
  const instead = new Map<string, string>();
  for (const name of names) {
    const armored = readFileSync(join(folder, 'keys', `${name}.asc`), 'utf8');
    const old = await parsePublicKey(armored);
    const pair = await makeKeyPair({ name, algorithm: 'curve25519', now: new Date(BEGAN), use: 'sign' });
    const own = await parsePublicKey(pair.publicKey);
    keys.set(name, own.armored);
    instead.set(hexOf(old.fingerprint), hexOf(own.fingerprint));
    instead.set(hexSha256(armored), hexSha256(own.armored));
    const key = await readPrivateKey({ binaryKey: pair.privateKey });
    signers.set(name, async (text) => {
      const signature: unknown = await sign({
        message: await createMessage({ binary: new TextEncoder().encode(text) }),
        signingKeys: key,
        detached: true,
        format: 'binary',
        config: shortSignature,
      });
      return armorSignature(signature as Uint8Array);
    });
  }
  const stations = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'keys' && entry.name !== 'qr')
    .map(({ name }): Station => {
      let text = readFileSync(join(folder, name, 'journal.jsonl'), 'utf8');
      for (const [old, own] of instead) text = text.replaceAll(old, own);
      return {
        folder: name,
        lines: text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as JournalLine),
        signers: readdirSync(join(folder, name)).flatMap(
          (file) => /^checkpoint\.txt\.(.+)\.asc$/.exec(file)?.[1] ?? [],
        ),
      };
    });
  const times = stations.flatMap(({ lines }) => lines.map(({ at }) => Date.parse(at)));
  return {
    stations,
    keys,
    sign: signers,
    script: readFileSync(join(folder, 'verify.sh')),
    began: Math.min(...times),
    lines: times.length,
    signatures: stations.reduce((sum, station) => sum + station.signers.length, 0),
  };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** The id of the n-th ceremony. */
export const idOf = (n: number): string => hexSha256(`ceremony ${n}`).slice(0, 32);

const SERVERS = 40;
/** When the n-th ceremony began: three or so a day. */
export const beganAt = (n: number): number => BEGAN + Math.floor((n * DAY_MS) / 3);
export const serverOf = (n: number): string => `https://vault-${n % SERVERS}.example:8200`;
export const ticketOf = (n: number): string => `CHG-${100_000 + n}`;
export const titleOf = (n: number): string => `Quarterly ${CITIES[n % CITIES.length]} ${n}`;
const CITIES = ['Lisbon', 'Oslo', 'Turin', 'Gdansk', 'Cork', 'Basel', 'Ghent'] as const;

/** Writes the n-th ceremony's folder, by what writes journals, checkpoints and signatures at stations. */
export async function writeCeremony(pattern: Pattern, n: number, folder: string): Promise<void> {
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const station of pattern.stations) {
    const lines: WrittenLine[] = [];
    for (const { at, station: label, who, event, data } of station.lines) {
      const origin = {
        station: label,
        who,
        ceremony: idOf(n),
        rehearsal: n % 4 === 0,
        at: new Date(Date.parse(at) - pattern.began + beganAt(n)).toISOString(),
      };
      const own =
        event === 'plan-agreed' || event === 'plan-taken'
          ? { ...data, title: titleOf(n), ticket: ticketOf(n), server: serverOf(n) }
          : data;
      lines.push(nextLine(lines.at(-1) ?? null, origin, event, own as never));
    }
    const journal = lines.map(({ text }) => `${text}\n`).join('');
    const last = lines.at(-1);
    const checkpoint = checkpointText({
      ceremony: idOf(n),
      station: last?.line.station ?? '',
      lines: lines.length,
      head: last?.hash ?? '',
      fileSha256: hexSha256(journal),
      rehearsal: n % 4 === 0,
      summary: summaryOf(lines.map(({ line }) => line)),
    });
    put(`${station.folder}/journal.jsonl`, journal);
    put(`${station.folder}/checkpoint.txt`, checkpoint);
    for (const signer of station.signers)
      put(
        `${station.folder}/checkpoint.txt.${signer}.asc`,
        (await pattern.sign.get(signer)?.(checkpoint)) ?? '',
      );
  }
  for (const [name, armored] of pattern.keys) put(`keys/${name}.asc`, armored);
  put('verify.sh', pattern.script);
}
