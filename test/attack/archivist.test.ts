import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { readTranscriptFolder } from '../../main/store/transcript-folder';
import { plainArmor } from '../../shared/openpgp/plain-armor';
import { armorSignature, signDetached } from '../../shared/openpgp/signature';
import type { JournalEvent } from '../../shared/transcript/event';
import type { TranscriptFolder } from '../../shared/transcript/verdict';
import { verifyTranscript } from '../../shared/transcript/verify';
import {
  archiveOf,
  type Person,
  type Plan,
  personNamed,
  planAgreed,
  planned,
  planTaken,
} from '../shared/transcript/archive';
import { adding, type Ceremony, replaced, without } from '../shared/transcript/ceremony';
import { type ShellRuns, test } from '../shared/transcript/script/shell-runs';

// Whoever has the archive folder alone, and whoever had a station. Each folder is judged by the program and
// by the script in it, which must find the same.
vi.setConfig({ testTimeout: 400_000 });

/**
 * What both find in each of these folders, by the folder's name: its findings, "verdict code station line".
 */
async function found<Name extends string>(
  runs: ShellRuns,
  folders: Readonly<Record<Name, string | TranscriptFolder | Promise<TranscriptFolder>>>,
): Promise<Record<string, readonly string[]>> {
  const dirs: [string, string][] = [];
  for (const [name, folder] of Object.entries<string | TranscriptFolder | Promise<TranscriptFolder>>(
    folders,
  )) {
    dirs.push([name, typeof folder === 'string' ? folder : runs.write(await folder)]);
  }
  const outcomes = await runs.agreedOn(dirs);
  return Object.fromEntries(outcomes.map(([name, { named }]) => [name, named.toSorted()]));
}

/** The proven archive on the disk, after someone had it. */
function tampered({ folder }: Ceremony, runs: ShellRuns, tamper: (dir: string) => void): string {
  const dir = runs.write(folder);
  tamper(dir);
  return dir;
}

const STATIONS = ['Office, 2nd floor – Zoë', "carol's laptop", "dave's laptop", 'online'];

/** The revocation that an operator makes up after the sign-off. */
const madeUp: JournalEvent = {
  event: 'token-revoked',
  data: { by: 'accessor', proof: 'auth/token/lookup-accessor answers 403' },
};

async function rosterWith(ceremony: Ceremony, ...more: [Person, string][]) {
  const { plans } = ceremony;
  const people: [Person, string][] = [
    [plans[0].who, 'officer'],
    [plans[1].who, 'operator'],
    [plans[2].who, 'custodian'],
    [await personNamed('wanda'), 'witness'],
    ...more,
  ];
  return Promise.all(people.map(([person, role]) => planned(person, role)));
}

/** A journal's text whose lines follow from each other again, after they were changed. */
function rechained(text: string): string {
  let prev = '0'.repeat(64);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const changed = line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
      prev = createHash('sha256').update(changed).digest('hex');
      return `${changed}\n`;
    })
    .join('');
}

describe('whoever has the archive folder', () => {
  test('and deletes every signature of the witness: each journal is named that she has not signed', async ({
    ceremony,
    runs,
  }) => {
    const dir = tampered(ceremony, runs, (at) => {
      for (const station of STATIONS) rmSync(join(at, station, 'checkpoint.txt.wanda.asc'));
    });
    expect(await found(runs, { dir })).toEqual({
      dir: STATIONS.map((station) => `incomplete witness-missing ${station} -`),
    });
    const { verdict, findings } = await verifyTranscript(readTranscriptFolder(dir));
    expect(verdict).toBe('incomplete');
    expect(findings.map(({ message }) => message)).toContain(
      'wanda, witness, has not signed the journal of dave.',
    );
  });

  test('and adds a station of a stranger with a plan of its own: the plan stays the officer’s, the stranger is named', async ({
    ceremony,
    runs,
  }) => {
    const mallory = await personNamed('mallory');
    const roster = await rosterWith(ceremony, [mallory, 'officer']);
    // Its name comes first in the folder.
    const stranger: Plan = {
      station: 'AAA',
      who: mallory,
      signers: [mallory],
      events: [planAgreed(roster.filter(({ role }) => role !== 'witness'))],
    };
    const { added } = await found(runs, { added: archiveOf([stranger, ...ceremony.plans]) });
    expect(added).toEqual([
      'broken plan-differs AAA 1',
      'broken stranger AAA -',
      'broken unknown-key . -',
      'incomplete witness-missing AAA -',
    ]);
  });

  test('and swaps the witness’s key and signs all anew: it is not the key in the plan', async ({
    ceremony,
    runs,
  }) => {
    const forger: Person = { ...(await personNamed('mallory')), name: 'wanda' };
    const swapped = ceremony.plans.map((plan) => ({
      ...plan,
      signers: (plan.signers ?? []).map((person) => (person.name === 'wanda' ? forger : person)),
    }));
    const all = await found(runs, { swapped: archiveOf(swapped) });
    expect(all['swapped']).toEqual(
      [
        'broken unknown-key . -',
        ...STATIONS.map((station) => `incomplete witness-missing ${station} -`),
        'incomplete missing-key . -',
      ].toSorted(),
    );
  });

  test('and makes all of it anew with keys of their own: only --people notices, in program and script', async ({
    ceremony,
    runs,
  }) => {
    const { plans } = ceremony;
    const forger: Person = { ...(await personNamed('mallory')), name: 'wanda' };
    const roster = await Promise.all([
      ...plans.map(({ who }, i) => planned(who, ['officer', 'operator', 'custodian', 'custodian'][i] ?? '')),
      planned(forger, 'witness'),
    ]);
    const forged = runs.write(
      await archiveOf(
        plans.map((plan, i) => ({
          ...plan,
          events: i === 0 ? replaced('plan-agreed', () => planAgreed(roster))(plan.events) : plan.events,
          signers: (plan.signers ?? []).map((person) => (person.name === 'wanda' ? forger : person)),
        })),
      ),
    );
    expect(await found(runs, { forged })).toEqual({ forged: [] });
    const wanda = await personNamed('wanda');
    const known = [...plans.map(({ who }) => who), wanda].map(({ fingerprint }) => fingerprint);
    const { verdict, by, findings } = await verifyTranscript(readTranscriptFolder(forged), new Set(known));
    expect([verdict, by, findings.map(({ code }) => code)]).toEqual(['broken', 'people', ['not-pinned']]);
    const people = join(forged, '..', 'people.txt');
    writeFileSync(people, known.map((fingerprint) => `${fingerprint} someone\n`).join(''));
    const script = (...args: string[]): string => {
      try {
        return execFileSync('sh', [join(forged, 'verify.sh'), ...args], { encoding: 'utf8' });
      } catch (error) {
        return String((error as { stdout?: unknown }).stdout);
      }
    };
    const said = script('--people', people).trimEnd().split('\n');
    expect(said.slice(-2)).toEqual([
      `FAIL broken not-pinned . -: wanda isn’t one of the people you named: ${forger.fingerprint}.`,
      'Broken: 1 thing contradicting, 0 things missing, by the people you named.',
    ]);
    const mine = join(forged, '..', 'mine.txt');
    writeFileSync(mine, roster.map(({ fingerprint, name }) => `${fingerprint} ${name}\n`).join(''));
    expect(script('--people', mine)).toMatch(/Proven: .* by the people you named\.\n$/);
  });

  test('and puts two keys, a secret key, a changed key or another text into keys/: the file is named', async ({
    ceremony,
    runs,
  }) => {
    const mallory = await personNamed('mallory');
    const wanda = await personNamed('wanda');
    const withKey = (change: (armored: string) => string) =>
      tampered(ceremony, runs, (dir) => {
        const path = join(dir, 'keys', 'wanda.asc');
        writeFileSync(path, change(readFileSync(path, 'utf8')));
      });
    const all = await found(runs, {
      'one after the other': withKey((armored) => armored + plainArmor('publicKey', mallory.pair.publicKey)),
      'in one': withKey(() =>
        plainArmor('publicKey', Uint8Array.of(...wanda.pair.publicKey, ...mallory.pair.publicKey)),
      ),
      'a secret one': withKey(() => plainArmor('publicKey', wanda.pair.privateKey)),
      'a comment': withKey((armored) => armored.replace('\n\n', '\nComment: x\n\n')),
      'a line more': withKey((armored) => `${armored}\n`),
      'windows lines': withKey((armored) => armored.replaceAll('\n', '\r\n')),
    });
    for (const [name, findings] of Object.entries(all)) {
      expect([name, findings]).toEqual([name, expect.arrayContaining(['broken bad-key . -'])]);
    }
  });

  test('and adds files or folders: each is named that nothing accounts for', async ({ ceremony, runs }) => {
    const add = (path: string) =>
      tampered(ceremony, runs, (dir) => writeFileSync(join(dir, path), 'evidence'));
    const named: string[] = [
      'notes.txt',
      '.hidden',
      'online/notes.txt',
      'online/.journal.jsonl.swp',
      'online/checkpoint.txt.bak',
      'online/checkpoint.txt..asc',
      'keys/wanda.txt',
      'keys/.wanda.asc',
    ];
    const folders = Object.fromEntries([
      ...named.map((path) => [path, add(path)] as const),
      ['a folder', tampered(ceremony, runs, (dir) => mkdirSync(join(dir, 'empty')))] as const,
      [
        'a folder in a folder',
        tampered(ceremony, runs, (dir) => mkdirSync(join(dir, 'online', 'x'))),
      ] as const,
    ]);
    for (const [name, findings] of Object.entries(await found(runs, folders))) {
      expect([name, findings]).toEqual([name, ['incomplete unknown-file . -']]);
    }
    const copied = tampered(ceremony, runs, (dir) =>
      copyFileSync(join(dir, 'keys', 'wanda.asc'), join(dir, 'keys', 'zoe.asc')),
    );
    expect(await found(runs, { copied })).toEqual({ copied: ['broken same-key . -'] });
  });

  test('and puts links in place of folders and files: each is named, and what it leads to is not read', async ({
    ceremony,
    runs,
  }) => {
    const linked = (path: string) =>
      tampered(ceremony, runs, (dir) => {
        const away = join(dir, '..', `away-${Math.random()}`);
        renameSync(join(dir, path), away);
        symlinkSync(away, join(dir, path));
      });
    const all = await found(runs, {
      'a station': linked("dave's laptop"),
      'the keys': linked('keys'),
      'a journal': linked('online/journal.jsonl'),
      'a checkpoint': linked('online/checkpoint.txt'),
      'a signature': linked('online/checkpoint.txt.wanda.asc'),
      'a key': linked('keys/wanda.asc'),
      'a link to nothing': tampered(ceremony, runs, (dir) => symlinkSync('/nowhere', join(dir, 'x'))),
    });
    for (const [name, findings] of Object.entries(all)) {
      expect([name, findings]).toEqual([name, expect.arrayContaining(['broken special-file . -'])]);
    }
    expect(all['a station']).toEqual(['broken special-file . -', 'incomplete missing-station . -']);
    expect(all['a signature']).toEqual(['broken special-file . -', 'incomplete witness-missing online -']);
  });

  test('and puts a pipe in place of a file: it is named, and nobody waits for it', async ({
    ceremony,
    runs,
  }) => {
    const piped = (path: string) =>
      tampered(ceremony, runs, (dir) => {
        rmSync(join(dir, path), { force: true, recursive: true });
        execFileSync('mkfifo', [join(dir, path)]);
      });
    const all = await found(runs, {
      'a signature': piped('online/checkpoint.txt.wanda.asc'),
      'a checkpoint': piped('online/checkpoint.txt'),
      'a journal': piped('online/journal.jsonl'),
      'a key': piped('keys/wanda.asc'),
      'the keys': piped('keys'),
      'one more': piped('online/checkpoint.txt.zoe.asc'),
    });
    for (const [name, findings] of Object.entries(all)) {
      expect([name, findings]).toEqual([name, expect.arrayContaining(['broken special-file . -'])]);
    }
  });

  test('and takes a station away: an auditor reads whose folder is missing', async ({ ceremony, runs }) => {
    const lost = (station: string) =>
      tampered(ceremony, runs, (dir) => rmSync(join(dir, station), { recursive: true }));
    const dave = lost("dave's laptop");
    const all = await found(runs, { dave, operator: lost('online'), officer: lost(STATIONS[0] ?? '') });
    expect(all['dave']).toEqual(['incomplete missing-station . -']);
    expect(all['operator']).toContain('incomplete missing-station . -');
    expect(all['officer']).toContain('incomplete no-plan . -');
    for (const findings of Object.values(all)) {
      expect(findings.filter((finding) => finding.startsWith('broken'))).toEqual([]);
    }
    const { findings } = await verifyTranscript(readTranscriptFolder(dave));
    expect(findings.map(({ message }) => message)).toEqual(['The folder of dave is missing.']);
  });

  test('and exchanges or renames signatures and checkpoints: none of them fits where it is', async ({
    ceremony,
    runs,
  }) => {
    const moved = (from: string, to: string) =>
      tampered(ceremony, runs, (dir) => renameSync(join(dir, from), join(dir, to)));
    const all = await found(runs, {
      'of another station': moved(
        'online/checkpoint.txt.wanda.asc',
        "dave's laptop/checkpoint.txt.wanda.asc",
      ),
      'of another person': moved('online/checkpoint.txt.peter.asc', 'online/checkpoint.txt.carol.asc'),
      'of another checkpoint': moved('online/checkpoint.txt', "dave's laptop/checkpoint.txt"),
      'a key under another name': moved('keys/wanda.asc', 'keys/zoe.asc'),
    });
    for (const [name, findings] of Object.entries(all)) expect([name, findings]).not.toEqual([name, []]);
    expect(all['of another person']).toContain('broken bad-signature online -');
    expect(all['a key under another name']).toContain('incomplete no-key online -');
  });

  test('and renames folders and files to bytes that are no text, or to control characters: each is named', async ({
    ceremony,
    runs,
  }) => {
    const renamed = (from: string, to: string) =>
      tampered(ceremony, runs, (dir) =>
        renameSync(join(dir, from), Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(to, 'latin1')])),
      );
    const all = await found(runs, {
      'a station': renamed('online', 'onl\xefne'),
      'a station, with a newline': renamed('online', 'on\n\x1b[31mline'),
      'a key': renamed('keys/wanda.asc', 'keys/wand\xe1.asc'),
      'a signature': renamed('online/checkpoint.txt.wanda.asc', 'online/checkpoint.txt.wanda\xff.asc'),
    });
    for (const [name, findings] of Object.entries(all)) {
      expect([name, findings]).toEqual([name, expect.arrayContaining(['incomplete unknown-file . -'])]);
    }
  });

  test('and puts in a key or signature of a megabyte: nobody computes for minutes', async ({
    ceremony,
    runs,
  }) => {
    const big = new Uint8Array(1_000_000);
    const dir = tampered(ceremony, runs, (at) => {
      writeFileSync(join(at, 'online', 'checkpoint.txt.wanda.asc'), plainArmor('signature', big));
      writeFileSync(join(at, 'keys', 'zoe.asc'), plainArmor('publicKey', big));
    });
    const before = Date.now();
    const { all } = await found(runs, { all: dir });
    expect(all).toEqual([
      'broken bad-key . -',
      'broken bad-signature online -',
      'incomplete witness-missing online -',
    ]);
    expect(Date.now() - before).toBeLessThan(30_000);
  });

  test('and puts a script there that says “Proven”: the program does not know it', async ({
    ceremony,
    runs,
  }) => {
    const dir = tampered(ceremony, runs, (at) => {
      writeFileSync(
        join(at, 'verify.sh'),
        '#!/bin/sh\necho "Proven: nothing is missing and everything fits."\n',
      );
    });
    const { findings } = await verifyTranscript(readTranscriptFolder(dir));
    expect(findings.map(({ code, verdict }) => [code, verdict])).toEqual([['foreign-script', 'incomplete']]);
    rmSync(join(dir, 'verify.sh'));
    const gone = await verifyTranscript(readTranscriptFolder(dir));
    expect(gone.findings.map(({ code }) => code)).toEqual(['no-script']);
  });

  test('and changes a picture or the page: these are drawings, and both say so', async ({
    ceremony,
    runs,
  }) => {
    const dir = tampered(ceremony, runs, (at) => {
      mkdirSync(join(at, 'qr'));
      writeFileSync(join(at, 'qr', '01.png'), 'a picture');
      writeFileSync(join(at, 'report.html'), 'Complete');
      writeFileSync(join(at, 'report.pdf'), '%PDF-');
    });
    const [outcome] = await runs.agreedOn([['drawings', dir]]);
    const note = 'report.html and qr/ are drawings, no evidence: nobody has signed them';
    expect([outcome?.[1].code, outcome?.[1].lines.filter((line) => line.includes(note))]).toEqual([
      0,
      [`note  ${note}`],
    ]);
    const { notes } = await verifyTranscript(readTranscriptFolder(dir));
    expect(notes.at(-1)?.message).toBe(note);
  });
});

describe('an operator', () => {
  test('who has a line signed that is written otherwise than Airlock does: bytes that are no text, a NUL, a minus before 0', async ({
    ceremony,
    runs,
  }) => {
    const { plans } = ceremony;
    const more: JournalEvent[] = [
      { event: 'words-compared', data: { what: 'key', words: 'QQQ' } },
      { event: 'home-sealed', data: { files: 7, journals: 0 } },
    ];
    const sha = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');
    /** With one text in the online journal replaced, byte for byte, and all signed again. */
    const written = async (from: string, to: string): Promise<string> => {
      const dir = runs.write(await ceremony.withPlan(1, ({ events }) => ({ events: [...events, ...more] })));
      const at = join(dir, 'online');
      let prev = '0'.repeat(64);
      const lines = readFileSync(join(at, 'journal.jsonl'), 'latin1').trimEnd().split('\n');
      const journal = lines.map((line) => {
        const changed = line.replace(from, to).replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
        prev = sha(changed);
        return `${changed}\n`;
      });
      const file = journal.join('');
      writeFileSync(join(at, 'journal.jsonl'), file, 'latin1');
      const checkpoint = readFileSync(join(at, 'checkpoint.txt'), 'utf8')
        .replace(/^head: .*$/m, `head: ${prev}`)
        .replace(/^sha256: .*$/m, `sha256: ${sha(file)}`);
      writeFileSync(join(at, 'checkpoint.txt'), checkpoint);
      for (const { name, pair } of [plans[1].who, await personNamed('wanda')]) {
        const signature = await signDetached(Buffer.from(checkpoint), pair.privateKey);
        writeFileSync(join(at, `checkpoint.txt.${name}.asc`), await armorSignature(signature));
      }
      return dir;
    };
    const all = await found(runs, {
      'as Airlock does': await written('QQQ', 'q'),
      'no UTF-8': await written('QQQ', '\xff\xfe'),
      'half a character pair': await written('QQQ', '\xed\xa0\x80'),
      'a NUL': await written('QQQ', 'a\0b'),
      'a minus': await written('"files":7', '"files":-0'),
    });
    expect(all).toEqual({
      'as Airlock does': [],
      'no UTF-8': ['broken changed-line online 17'],
      'half a character pair': ['broken changed-line online 17'],
      'a NUL': ['broken changed-line online 17'],
      'a minus': ['broken changed-line online 18'],
    });
  });

  test('who adds a plan to their own journal heals nothing: the officer’s plan alone counts', async ({
    ceremony,
    runs,
  }) => {
    const { plans } = ceremony;
    const [short, long] = await Promise.all([
      rosterWith(ceremony),
      rosterWith(ceremony, [plans[3].who, 'custodian']),
    ]);
    // The officer's plan doesn't have Dave, whose share was taken. All have signed the journal that says
    // otherwise.
    const healed = plans.map((plan, i) => ({
      ...plan,
      events:
        i === 0
          ? replaced('plan-agreed', () => planAgreed(short))(plan.events)
          : i === 1
            ? [...plan.events, planAgreed(long)]
            : plan.events,
    }));
    const all = await found(runs, { healed: archiveOf(healed) });
    expect(all['healed']).toEqual(
      expect.arrayContaining(['broken plan-differs online 17', 'broken not-in-roster online 11']),
    );
    const alone = await found(runs, { alone: ceremony.withPlan(1, adding(planAgreed(long))) });
    expect(alone['alone']).toEqual(['broken plan-differs online 17']);
  });

  test('who makes a revocation up after the sign-off, and signs off and archives again: the witness’s signature no longer fits, or is gone', async ({
    ceremony,
    runs,
  }) => {
    const { plans } = ceremony;
    const alive = without('token-revoked')(plans[1].events);
    const before = await archiveOf(plans.map((plan, i) => (i === 1 ? { ...plan, events: alive } : plan)));
    const forged = await archiveOf(
      plans.map((plan, i) => (i === 1 ? { ...plan, events: [...alive, madeUp], signers: [plan.who] } : plan)),
    );
    const signedBefore = before.stations[1]?.signatures.filter(({ name }) => name === 'wanda') ?? [];
    const kept = {
      ...forged,
      stations: forged.stations.map((station, i) =>
        i === 1 ? { ...station, signatures: [...station.signatures, ...signedBefore] } : station,
      ),
    };
    expect(await found(runs, { before, gone: forged, kept })).toEqual({
      before: ['incomplete not-revoked online 12'],
      gone: ['incomplete witness-missing online -'],
      kept: ['broken bad-signature online -', 'incomplete witness-missing online -'],
    });
  });

  test('who records one revocation twice, to hide that a second token lives: one accessor counts once', async ({
    ceremony,
    runs,
  }) => {
    const second = '7a6c2f1e-0000-4000-8000-000000000001';
    const proof = (): JournalEvent[] => [
      { event: 'revoke-intent', data: { by: 'accessor' } },
      { event: 'token-revoked', data: { by: 'accessor', proof: '403', accessor: 'hmac-one' } },
    ];
    const twice = ceremony.withPlan(1, ({ events }) => ({
      events: [
        ...without('revoke-intent', 'token-revoked')(events),
        { event: 'attempt-intent', data: { method: 'pgp', pgpFingerprint: 'a'.repeat(40) } },
        { event: 'attempt-started', data: { nonce: second, required: 2, otpLength: 28 } },
        { event: 'answer-lost', data: { nonce: second, what: 'The connection closed.' } },
        ...proof(),
        ...proof(),
      ],
    }));
    expect(await found(runs, { twice })).toEqual({ twice: ['incomplete not-revoked online 17'] });
  });

  test('who writes a pattern in place of their fingerprint, which any signature would fit: the line is named', async ({
    ceremony,
    runs,
  }) => {
    const pattern = tampered(ceremony, runs, (dir) => {
      const path = join(dir, 'online', 'journal.jsonl');
      const own = ceremony.plans[1].who.fingerprint;
      writeFileSync(path, rechained(readFileSync(path, 'utf8').replaceAll(`"who":"${own}"`, '"who":".*"')));
    });
    const all = await found(runs, { pattern });
    expect(all['pattern']).toContain('broken changed-line online 1');
  });

  test('who appends to a journal in the archive: the line is named', async ({ ceremony, runs }) => {
    const appended = tampered(ceremony, runs, (dir) => {
      const path = join(dir, 'online', 'journal.jsonl');
      const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
      appendFileSync(path, `${last}\n`);
    });
    const all = await found(runs, { appended });
    expect(all['appended']).toEqual(['broken changed-line online 17']);
    expect(readdirSync(join(appended, 'online'))).toContain('checkpoint.txt.wanda.asc');
  });
});

describe('an officer, after sign-off,', () => {
  test('makes the witness a custodian in the own plan, and signs that with a puppet: the others took in another plan', async ({
    ceremony: { plans },
    runs,
  }) => {
    const [olga, peter, carol, dave] = plans.map(({ who }) => who);
    const [wanda, puppet] = await Promise.all([personNamed('wanda'), personNamed('mallory')]);
    const rosterWith = (witness: Person) =>
      Promise.all(
        (
          [
            [olga, 'officer'],
            [peter, 'operator'],
            [carol, 'custodian'],
            [dave, 'custodian'],
            [witness === wanda ? puppet : wanda, 'custodian'],
            [witness, 'witness'],
          ] as const
        ).flatMap(([who, role]) => (who === undefined ? [] : [planned(who, role)])),
      );
    const agreed = await rosterWith(wanda);
    const forged = await rosterWith(puppet);
    const honest = plans.map((plan, i) => ({
      ...plan,
      signers: [...(plan.signers ?? []), puppet],
      events:
        i === 0
          ? replaced('plan-agreed', () => planAgreed(agreed))(plan.events)
          : [...plan.events.slice(0, 1), planTaken(agreed), ...plan.events.slice(1)],
    }));
    const [office, ...others] = honest;
    if (office === undefined) throw new Error('no officer');
    const rewritten = {
      ...office,
      events: replaced('plan-agreed', () => planAgreed(forged))(office.events),
      signers: [office.who, puppet],
    };
    const all = await found(runs, {
      honest: archiveOf(honest),
      rewritten: archiveOf([rewritten, ...others]),
    });
    expect(all['honest']).toEqual([]);
    expect(all['rewritten']?.filter((line) => line.startsWith('broken plan-differs'))).toHaveLength(3);
  });
});
