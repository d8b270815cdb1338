import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OfflineStation } from '../../main/offline/offline-station';
import { type Home, openHome } from '../../main/store/home';
import { createIdentity, identityMessage, lockIdentity } from '../../main/store/identity';
import { Journal } from '../../main/store/journal';
import { addPerson } from '../../main/store/people';
import { fromHex, toHex } from '../../shared/bytes';
import type { Body, MessageType } from '../../shared/message/body';
import { makeSealingKey } from '../../shared/message/seal';
import { type SignedMessage, signMessage, wireBytes } from '../../shared/message/wire';
import { makeKeyPair } from '../../shared/openpgp/key-pair';
import { urText } from '../../shared/qr/ur';
import { NO_LINE } from '../../shared/transcript/journal-line';
import { newPerson, random } from '../main/online/stage';

/** A thief can read and write a person's home folder, and doesn't know the passphrase. */
const PASSPHRASE = 'what the thief does not know';
const CEREMONY = toHex(new Uint8Array(16).fill(7));
const IN_CEREMONY = `ceremonies/${CEREMONY}`;

let folder = '';
/** The custodian's home before and after the last things that she did. */
let older = '';
let newer = '';

const stationIn = (home: Home): OfflineStation =>
  new OfflineStation({ home, clock: () => new Date(), random, version: '0', program: 'test' });

const server = { address: 'https://vault.example', version: '1.21.4', clusterId: 'c1', clusterName: 'prod' };

async function attempt(ada: Awaited<ReturnType<typeof newPerson>>): Promise<{
  readonly people: Awaited<ReturnType<typeof newPerson>>[];
  readonly message: SignedMessage;
}> {
  const [olga, otto] = [await newPerson('Olga', 'officer'), await newPerson('Otto', 'operator')];
  const key = await makeKeyPair({ name: 'k', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
  const sign = <T extends MessageType>(by: typeof olga, type: T, prev: Uint8Array | null, body: Body<T>) =>
    signMessage(
      {
        v: 1,
        type,
        ceremony: fromHex(CEREMONY),
        prev,
        issuedAt: new Date().toISOString(),
        from: by.fingerprint,
        body,
      },
      by.privateKey,
    );
  const start = await sign(olga, 'start', null, {
    title: 'Re-enable OIDC',
    purpose: 'The tenant changed',
    ticket: '',
    tokenKind: 'root',
    method: 'pgp',
    publicKey: key.publicKey,
    sameStationAllowed: false,
    otpLength: 28,
    threshold: 1,
    server,
    tasks: [],
    // The server needs one share only, and the plan says so.
    quorumAtOneStation: true,
    roster: [olga, otto, ada].map(({ name, role, fingerprint }) => ({
      name,
      role,
      fingerprint,
      ...(role === 'custodian' ? { givesTo: otto.fingerprint } : {}),
    })),
    rehearsal: false,
  });
  const message = await sign(otto, 'attempt', start.digest, {
    start: wireBytes(start),
    server,
    station: {
      label: 'Station A',
      sealingKey: (await makeSealingKey()).publicKey,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
    nonce: 'n1',
    required: 1,
    progress: 0,
    pgpFingerprint: toHex(key.fingerprint),
  });
  return { people: [olga, otto], message };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-thief-'));
  [older, newer] = [join(folder, 'older'), join(folder, 'newer')];
  const home = openHome(join(folder, 'home'));
  const ada = await createIdentity(home, {
    name: 'Ada',
    role: 'custodian',
    passphrase: PASSPHRASE,
    now: new Date(),
  });
  const { people, message } = await attempt(ada);
  for (const person of people) await addPerson(home, await identityMessage(person, new Date()), new Date());
  const station = stationIn(home);
  await station.person.unlock(PASSPHRASE);
  lockIdentity(ada);
  await station.receiveText(urText(wireBytes(message)), 'qr');
  station.custodian().check(true, '');
  const share = (byte: string) => ({ kind: 'text', text: byte.repeat(32) }) as const;
  await station.custodian().enterShare(share('a1'));
  await station.transcript.signOff();
  cpSync(home.dir, older, { recursive: true });
  await station.openCeremony(CEREMONY);
  const late = await newPerson('Late', 'witness');
  await addPerson(home, await identityMessage(late, new Date()), new Date());
  station.leave();
  await station.custody.enter({ kind: 'text', text: 'b2'.repeat(33) }, 'another cluster');
  station.custody.forget();
  await station.openCeremony(CEREMONY);
  station.transcript.recordException('The lights went out');
  await station.transcript.signOff();
  station.lock();
  cpSync(home.dir, newer, { recursive: true });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ada's home as she left it, for a thief to write into. */
function stolen(): Home {
  const dir = mkdtempSync(join(folder, 'stolen-'));
  cpSync(newer, dir, { recursive: true });
  return openHome(dir);
}

const edit = (home: Home, file: string, change: (text: string) => string): void => {
  const path = join(home.dir, file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
};

interface Noticed {
  /** The sentence that stops Ada, where one does. */
  readonly said: string;
  /** What her home's journal says was found. */
  readonly recorded: string[];
}

/** Ada gives her passphrase, and opens her ceremony. */
async function adaComesBack(home: Home): Promise<Noticed> {
  const station = stationIn(home);
  let said = '';
  try {
    await station.person.unlock(PASSPHRASE);
    await station.openCeremony(CEREMONY);
  } catch (error) {
    said =
      error instanceof Error && 'code' in error ? `${String(error.code)}: ${error.message}` : String(error);
  } finally {
    station.lock();
  }
  const journal = existsSync(home.journal()) ? readFileSync(home.journal(), 'utf8') : '';
  const recorded = journal
    .split('\n')
    .filter((line) => line.includes('"event":"home-finding"'))
    .map((line) => JSON.parse(line).data)
    .map(({ kind, file }) => `${kind} ${file}`);
  return { said, recorded };
}

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((name) => !/in-use|preferences/.test(name))
    .sort();

test('Ada, whom nobody stole from, opens her home and her ceremony', async () => {
  expect(await adaComesBack(stolen())).toEqual({ said: '', recorded: [] });
});

test('a thief swaps the officer’s public key and leaves fingerprint and words: Ada’s laptop refuses its list of people', async () => {
  const mallory = await newPerson('Olga', 'officer');
  const home = stolen();
  const people = JSON.parse(readFileSync(home.people(), 'utf8'));
  people.people[0].publicKey = Buffer.from(mallory.publicKey).toString('base64');
  writeFileSync(home.people(), JSON.stringify(people, null, 2));
  expect(await adaComesBack(home)).toEqual({
    said: expect.stringMatching(
      /^home-finding: The file people\.json is not as Airlock left it.*compare everyone's words anew/,
    ),
    recorded: ['changed people.json'],
  });
});

test('a thief adds a person as officer: Ada’s laptop refuses its list of people', async () => {
  const mallory = await newPerson('Mallory', 'officer');
  const home = stolen();
  const people = JSON.parse(readFileSync(home.people(), 'utf8'));
  people.people.push({
    ...people.people[0],
    name: 'Mallory',
    fingerprint: toHex(mallory.fingerprint),
    publicKey: Buffer.from(mallory.publicKey).toString('base64'),
  });
  writeFileSync(home.people(), JSON.stringify(people, null, 2));
  expect((await adaComesBack(home)).recorded).toEqual(['changed people.json']);
});

test('a thief swaps the public key in identity.json, to which secrets are written: Ada’s laptop says whose it isn’t', async () => {
  const mallory = await newPerson('Ada', 'custodian');
  const home = stolen();
  edit(home, 'identity.json', (text) =>
    JSON.stringify({ ...JSON.parse(text), publicKey: Buffer.from(mallory.publicKey).toString('base64') }),
  );
  expect(await adaComesBack(home)).toEqual({
    said: expect.stringMatching(/^home-finding: The file identity\.json contradicts itself/),
    recorded: ['inconsistent identity.json'],
  });
});

test('a thief makes Ada an officer in identity.json: her laptop notices', async () => {
  const home = stolen();
  edit(home, 'identity.json', (text) => text.replace('"custodian"', '"officer"'));
  expect((await adaComesBack(home)).recorded).toEqual(['changed identity.json']);
});

test('a thief puts a key of their own into the attempt that Ada has checked: her laptop opens that ceremony no more', async () => {
  const home = stolen();
  const { publicKey } = await makeSealingKey();
  edit(home, `${IN_CEREMONY}/state.json`, (text) =>
    text.replace(/"sealingKey": "[0-9a-f]{64}"/, `"sealingKey": "${toHex(publicKey)}"`),
  );
  expect(await adaComesBack(home)).toEqual({
    said: expect.stringMatching(
      /^home-finding: The file ceremonies\/.*state\.json is not as Airlock left it/,
    ),
    recorded: [`changed ${IN_CEREMONY}/state.json`],
  });
});

test('a thief rewrites the attempt message that Ada checked: her laptop refuses it by its digest', async () => {
  const home = stolen();
  const { message } = await attempt(await newPerson('Ada', 'custodian'));
  for (const name of readdirSync(home.ceremony(CEREMONY).messages))
    writeFileSync(join(home.ceremony(CEREMONY).messages, name), wireBytes(message));
  const { said, recorded } = await adaComesBack(home);
  expect(said).toMatch(/^home-finding: .* is not the message that its name and its signature stand for/);
  expect(recorded).toEqual([expect.stringMatching(/^not-as-signed ceremonies\/.*\.airlock$/)]);
});

test('a thief takes a line out of a journal and chains it anew: Ada’s laptop refuses that ceremony', async () => {
  const home = stolen();
  edit(home, `${IN_CEREMONY}/journal.jsonl`, (text) => rechained(text, 'words-compared'));
  expect(await adaComesBack(home)).toEqual({
    said: expect.stringMatching(
      /^home-finding: The file ceremonies\/.*journal\.jsonl is not as Airlock left it/,
    ),
    recorded: [`changed ${IN_CEREMONY}/journal.jsonl`],
  });
});

test('a thief takes a line out of the home’s own journal and chains it anew: Ada’s laptop stops', async () => {
  const home = stolen();
  edit(home, 'journal.jsonl', (text) => rechained(text, 'message-sent'));
  const { said } = await adaComesBack(home);
  expect(said).toMatch(/^home-finding: The file journal\.jsonl is not as Airlock left it/);
});

test('a thief cuts off a journal’s last line, as if it had never been written: Ada’s laptop refuses it', async () => {
  for (const file of ['journal.jsonl', `${IN_CEREMONY}/journal.jsonl`]) {
    const home = stolen();
    edit(home, file, (text) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`);
    expect((await adaComesBack(home)).said).toMatch(/^home-finding: /);
  }
});

test('a thief appends half a line to the journal that Ada has signed off, as a power cut leaves it: the sign-off holds', async () => {
  const home = stolen();
  const { journal, checkpoint } = home.ceremony(CEREMONY);
  expect(existsSync(checkpoint)).toBe(true);
  writeFileSync(journal, `${readFileSync(journal, 'utf8')}x`);
  const before = readFileSync(journal);
  const { said, recorded } = await adaComesBack(home);
  expect(said).toMatch(/^home-finding: .*journal\.jsonl/);
  expect(recorded).toEqual([`changed ${IN_CEREMONY}/journal.jsonl`]);
  expect(readFileSync(journal)).toEqual(before);
});

test('a thief writes a ceremony of their own into the home: Ada’s laptop does not take it for hers', async () => {
  const home = stolen();
  const other = home.ceremony('ab'.repeat(16));
  mkdirSync(dirname(other.state), { recursive: true });
  const state = readFileSync(home.ceremony(CEREMONY).state, 'utf8').replaceAll(CEREMONY, 'ab'.repeat(16));
  writeFileSync(other.state, state);
  expect((await adaComesBack(home)).recorded).toEqual([`added ceremonies/${'ab'.repeat(16)}/state.json`]);
});

describe('a thief puts back an older copy of one file, and Ada’s laptop notices:', () => {
  test('each file that had changed since', async () => {
    const files = filesOf(older).filter(
      (name) => !readFileSync(join(older, name)).equals(readFileSync(join(newer, name))),
    );
    expect(files).toEqual(
      expect.arrayContaining([
        'custody.json',
        'journal.jsonl',
        'people.json',
        'seals.json',
        `${IN_CEREMONY}/checkpoint.txt`,
        `${IN_CEREMONY}/checkpoint.txt.ada.asc`,
        `${IN_CEREMONY}/journal.jsonl`,
        `${IN_CEREMONY}/state.json`,
      ]),
    );
    for (const name of files) {
      const home = stolen();
      cpSync(join(older, name), join(home.dir, name));
      const { said, recorded } = await adaComesBack(home);
      expect(said !== '' || recorded.includes(`changed ${name}`), name).toBe(true);
    }
  }, 120_000);
});

test('a thief deletes seals.json: Ada’s laptop does not take the home for one of the version before', async () => {
  const home = stolen();
  rmSync(join(home.dir, 'seals.json'));
  expect((await adaComesBack(home)).said).toMatch(/^home-finding: The file seals\.json is gone/);
});

test('a thief deletes seals.json and calls the identity one of the version before: it is refused', async () => {
  const home = stolen();
  rmSync(join(home.dir, 'seals.json'));
  edit(home, 'identity.json', (text) => text.replace('"v": 2', '"v": 1'));
  expect((await adaComesBack(home)).said).toMatch(/^home-finding: /);
});

test('a thief makes seals of their own: without the passphrase they are none', async () => {
  const home = stolen();
  rmSync(join(home.dir, 'people.json'));
  edit(home, 'seals.json', (text) => {
    const { files, ...rest } = JSON.parse(text);
    const { 'people.json': _, ...others } = files;
    return JSON.stringify({ ...rest, files: others });
  });
  expect((await adaComesBack(home)).said).toMatch(
    /^home-finding: The file seals\.json is not as Airlock left it/,
  );
});

test('a thief deletes the list of people: Ada is told once, and then nobody is known to her', async () => {
  const home = stolen();
  rmSync(home.people());
  expect(await adaComesBack(home)).toEqual({
    said: expect.stringMatching(
      /^home-finding: The file people\.json is gone.*Nobody is known here any more/,
    ),
    recorded: ['missing people.json'],
  });
  expect((await adaComesBack(home)).said).not.toMatch(/people\.json/);
});

test('a thief lays a list of people, or a journal, into a folder before its identity is made: none is made there', async () => {
  for (const name of ['people.json', 'journal.jsonl', 'station.json']) {
    const home = openHome(join(folder, `new-${name}`));
    writeFileSync(join(home.dir, name), '{"v":1,"people":[]}\n');
    await expect(
      createIdentity(home, { name: 'Ada', role: 'custodian', passphrase: PASSPHRASE, now: new Date() }),
    ).rejects.toMatchObject({ code: 'not-empty', message: expect.stringContaining(name) });
  }
});

test('whatever file of a home a thief changes or deletes, Ada’s laptop notices, or the file is a message', async () => {
  for (const name of filesOf(newer)) {
    for (const act of ['change', 'delete'] as const) {
      const home = stolen();
      const path = join(home.dir, name);
      if (act === 'delete') rmSync(path);
      else writeFileSync(path, flipped(readFileSync(path)));
      const { said, recorded } = await adaComesBack(home);
      expect(said !== '' || recorded.some((finding) => finding.endsWith(` ${name}`)), `${act} ${name}`).toBe(
        true,
      );
    }
  }
}, 300_000);

test('while Ada’s home is locked, no program writes to it, neither a line nor a person', async () => {
  const home = stolen();
  const locked = expect.objectContaining({ code: 'home-locked' });
  const late = await newPerson('Mallory', 'officer');
  const added = addPerson(home, await identityMessage(late, new Date()), new Date());
  await expect(added).rejects.toEqual(locked);
  const journal = Journal.open(home.journal(), {
    station: 'custodian Ada',
    who: '',
    ceremony: '',
    rehearsal: false,
    clock: () => new Date(),
  });
  expect(() => journal.append('exception', { text: 'x' })).toThrow(locked);
});

test('a thief links journal.torn to a file of Ada’s outside her home, and tears the journal: her program writes nothing there', async () => {
  for (const file of ['journal', `${IN_CEREMONY}/journal`]) {
    for (const link of [symlinkSync, linkSync]) {
      const home = stolen();
      const outside = join(mkdtempSync(join(folder, 'outside-')), 'profile');
      writeFileSync(outside, '# Ada’s\n');
      link(outside, join(home.dir, `${file}.torn`));
      appendFileSync(join(home.dir, `${file}.jsonl`), 'a command of the thief’s');
      expect((await adaComesBack(home)).said).toMatch(
        link === symlinkSync
          ? /^strange-home: .*a symbolic link: .*journal\.torn/
          : /^(?:journal-unwritable: .*EMLINK|home-finding: )/,
      );
      expect(readFileSync(outside, 'utf8')).toBe('# Ada’s\n');
    }
  }
});

test('a thief puts a link, a pipe, a folder or gigabytes where a file of the home belongs: Ada’s laptop says so, and neither waits nor writes through it', async () => {
  const places = [
    ...filesOf(newer),
    'preferences.json',
    'in-use.lock',
    'station.json',
    'journal.torn',
    `${IN_CEREMONY}/secret.pgp`,
  ];
  const acts = {
    'a symbolic link': (path: string) => symlinkSync(join(folder, 'elsewhere'), path),
    'a pipe, a device or a socket': (path: string) => execFileSync('mkfifo', [path]),
    'a folder where a file belongs': (path: string) => mkdirSync(path),
    'a file of 300 MB': (path: string) => {
      writeFileSync(path, '');
      truncateSync(path, 300 * 1024 * 1024);
    },
  };
  const home = stolen();
  for (const place of new Set(places)) {
    const path = join(home.dir, place);
    const before = existsSync(path) ? readFileSync(path) : null;
    for (const [what, act] of Object.entries(acts)) {
      rmSync(path, { recursive: true, force: true });
      act(path);
      // What every program begins with; a pipe would keep the next step for ever.
      expect(() => openHome(home.dir), `${place} as ${what}`).toThrow(
        expect.objectContaining({
          code: 'strange-home',
          message: expect.stringContaining(`${what}: ${place}.`),
        }),
      );
    }
    rmSync(path, { recursive: true, force: true });
    if (before !== null) writeFileSync(path, before);
  }
  for (const place of ['ceremonies', IN_CEREMONY, `${IN_CEREMONY}/messages`, `${IN_CEREMONY}/answers`]) {
    const other = stolen();
    rmSync(join(other.dir, place), { recursive: true, force: true });
    writeFileSync(join(other.dir, place), '');
    expect((await adaComesBack(other)).said).toContain(`a file where a folder belongs: ${place}`);
  }
}, 60_000);

/** The journal without the first line of that event, numbered and chained as a journal is. */
function rechained(text: string, event: string): string {
  const lines = text.trimEnd().split('\n');
  const without = lines.filter(
    (_, at) => at !== lines.findIndex((line) => line.includes(`"event":"${event}"`)),
  );
  let prev = NO_LINE;
  return without
    .map((line, at) => {
      const next = line
        .replace(/"n":\d+/, `"n":${at + 1}`)
        .replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
      prev = createHash('sha256').update(next).digest('hex');
      return `${next}\n`;
    })
    .join('');
}

/** One bit in the middle is another. */
function flipped(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return bytes;
}
