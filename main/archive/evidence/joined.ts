import { equalBytes } from '../../../shared/bytes';
import { parseSignersKey } from '../../../shared/openpgp/public-key';
import { verifyDetached } from '../../../shared/openpgp/signature';
import { isStation } from '../../store/transcript-folder';
import { type EvidenceFile, sha256Of } from './bundle';
import { folderInMemory } from './folder-in-memory';

type Files = Map<string, Uint8Array>;

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';
const NEWLINE = 0x0a;

/**
 * The folders of one ceremony that were handed in, in their order, as one: where stations arrive on
 * different days, or again with more signatures. One folder stays as it came, byte for byte. Of a station's
 * journal that came twice the longer one counts, with its checkpoint; two that contradict each other both
 * stay, so that verification names them. Names that mean something else in each folder are told apart.
 */
export async function joined(folders: readonly (readonly EvidenceFile[])[]): Promise<EvidenceFile[]> {
  const [first, ...others] = folders;
  if (first !== undefined && others.length === 0) return inOrder(first);
  const whole: Files = new Map();
  for (const folder of folders) await joinInto(whole, folder);
  return inOrder([...whole].map(([path, bytes]) => ({ path, bytes })));
}

const inOrder = (files: readonly EvidenceFile[]): EvidenceFile[] =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

async function joinInto(whole: Files, folder: readonly EvidenceFile[]): Promise<void> {
  if (whole.size === 0) {
    for (const { path, bytes } of folder) whole.set(path, bytes);
    return;
  }
  const source = folderInMemory(folder);
  const signers = joinKeys(whole, folder);
  const stations = new Set(
    source
      .list('')
      .filter(
        ({ name, kind }) => kind === 'folder' && name !== 'keys' && name !== 'qr' && isStation(source, name),
      )
      .map(({ name }) => name),
  );
  for (const station of stations) {
    const inside = folder
      .filter(({ path }) => path.startsWith(`${station}/`))
      .map(({ path, bytes }) => ({ name: renamed(path.slice(station.length + 1), signers), bytes }));
    await joinStation(whole, station, new Map(inside.map(({ name, bytes }) => [name, bytes])));
  }
  for (const { path, bytes } of folder) {
    const [top = ''] = path.split('/');
    if (stations.has(top) || (top === 'keys' && isKey(path))) continue;
    const there = whole.get(path);
    if (there === undefined || path === 'verify.sh' || path === 'report.html') whole.set(path, bytes);
    else if (!equalBytes(there, bytes)) whole.set(apart(path, bytes), bytes);
  }
}

const isKey = (path: string): boolean => /^keys\/[^/]+\.asc$/.test(path);

/** Adds the keys, and says which names they have now where another key had theirs. */
function joinKeys(whole: Files, folder: readonly EvidenceFile[]): ReadonlyMap<string, string> {
  const signers = new Map<string, string>();
  for (const { path, bytes } of folder.filter((file) => isKey(file.path))) {
    const there = whole.get(path);
    const same = [...whole].find(([other, its]) => isKey(other) && equalBytes(its, bytes))?.[0];
    const free = there === undefined ? path : apart(path, bytes);
    const now = same ?? free;
    whole.set(now, bytes);
    if (now !== path) signers.set(nameOf(path), nameOf(now));
  }
  return signers;
}

const nameOf = (key: string): string => key.slice('keys/'.length, -'.asc'.length);

function renamed(file: string, signers: ReadonlyMap<string, string>): string {
  const signer = SIGNATURE.exec(file)?.[1];
  const now = signer === undefined ? undefined : signers.get(signer);
  return now === undefined ? file : `${CHECKPOINT}.${now}.asc`;
}

async function joinStation(whole: Files, name: string, inside: Files): Promise<void> {
  const journal = inside.get(JOURNAL) ?? new Uint8Array();
  const twin = stationsIn(whole).find(
    (station) =>
      journal.length > 0 && equalBytes(firstLine(whole.get(`${station}/${JOURNAL}`)), firstLine(journal)),
  );
  if (twin === undefined) {
    await put(whole, freeName(whole, name, journal), inside);
    return;
  }
  const there = whole.get(`${twin}/${JOURNAL}`) ?? new Uint8Array();
  if (!continues(journal, there) && !continues(there, journal)) {
    await put(whole, freeName(whole, name, journal), inside);
    return;
  }
  const checkpoint = whole.get(`${twin}/${CHECKPOINT}`);
  const other = inside.get(CHECKPOINT);
  const isSame =
    journal.length === there.length &&
    (checkpoint === undefined || other === undefined || equalBytes(checkpoint, other));
  if (isSame) await put(whole, twin, inside);
  else if (journal.length >= there.length) {
    for (const path of [...whole.keys()]) if (path.startsWith(`${twin}/`)) whole.delete(path);
    await put(whole, twin, inside);
  }
}

/**
 * Puts a station's files in. Of two signatures by one person the one that fits counts, the earlier where both
 * do; of other files that differ both stay.
 */
async function put(whole: Files, station: string, inside: Files): Promise<void> {
  for (const [name, bytes] of inside) {
    const path = `${station}/${name}`;
    const there = whole.get(path);
    if (there === undefined || equalBytes(there, bytes)) whole.set(path, bytes);
    else if (!SIGNATURE.test(name)) whole.set(apart(path, bytes), bytes);
    else if (!(await fits(whole, station, name, there)) && (await fits(whole, station, name, bytes)))
      whole.set(path, bytes);
  }
}

const SIGNATURE = /^checkpoint\.txt\.(.+)\.asc$/;

async function fits(whole: Files, station: string, name: string, signature: Uint8Array): Promise<boolean> {
  const checkpoint = whole.get(`${station}/${CHECKPOINT}`);
  const key = whole.get(`keys/${SIGNATURE.exec(name)?.[1]}.asc`);
  if (checkpoint === undefined || key === undefined) return false;
  try {
    const { binary } = await parseSignersKey(Buffer.from(key).toString('utf8'));
    await verifyDetached(checkpoint, Buffer.from(signature).toString('utf8'), binary);
    return true;
  } catch {
    return false;
  }
}

const stationsIn = (whole: Files): string[] =>
  [...whole.keys()]
    .filter((path) => /^[^/]+\/journal\.jsonl$/.test(path))
    .map((path) => path.split('/')[0] ?? '');

function freeName(whole: Files, name: string, journal: Uint8Array): string {
  const isTaken = [...whole.keys()].some((path) => path.startsWith(`${name}/`));
  return isTaken ? `${name}-${sha256Of(journal).slice(0, 8)}` : name;
}

/** A path beside another file's of that name: told apart by the first digits of its SHA-256. */
function apart(path: string, bytes: Uint8Array): string {
  const [, stem = path, end = ''] = /^(.*?)((?:\.asc|\.png|\.html|\.txt|\.jsonl)?)$/.exec(path) ?? [];
  return `${stem}-${sha256Of(bytes).slice(0, 8)}${end}`;
}

const firstLine = (journal: Uint8Array | undefined): Uint8Array => {
  if (journal === undefined) return new Uint8Array();
  const end = journal.indexOf(NEWLINE);
  return journal.subarray(0, end < 0 ? journal.length : end);
};

const continues = (journal: Uint8Array, earlier: Uint8Array): boolean =>
  journal.length >= earlier.length && equalBytes(journal.subarray(0, earlier.length), earlier);
