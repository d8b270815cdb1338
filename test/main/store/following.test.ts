import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import {
  type Following,
  follow,
  followedStations,
  noteDeviation,
  statementMessage,
} from '../../../main/store/following';
import { type Home, openHome } from '../../../main/store/home';
import { openCeremonyJournal, openHomeJournal, recordCrossing } from '../../../main/store/home-journal';
import type { UnlockedIdentity } from '../../../main/store/identity';
import { identityMessage } from '../../../main/store/identity';
import { keptLogs } from '../../../main/store/kept-log';
import { takeStatement } from '../../../main/store/kept-statement';
import { liveLogMessage, logMessage } from '../../../main/store/log';
import { addPerson } from '../../../main/store/people';
import { signOff } from '../../../main/store/sign-off';
import { stationTranscript } from '../../../main/store/station-transcript';
import { AirlockError } from '../../../shared/airlock-error';
import { fromHex, toHex } from '../../../shared/bytes';
import { type SignedMessage, signMessage } from '../../../shared/message/wire';
import { bareLines } from '../../../shared/transcript/bare-lines';
import type { JournalEvent } from '../../../shared/transcript/event';
import { newFolder, newPerson } from '../online/stage';

vi.setConfig({ testTimeout: 60_000 });

const CEREMONY = 'ab'.repeat(16);
const OTHER = 'cd'.repeat(16);

/** A clock that goes on by a minute each time that it is asked. */
function clockFrom(start: string): () => Date {
  let now = Date.parse(start);
  return () => {
    now += 60_000;
    return new Date(now);
  };
}

const clock = clockFrom('2026-05-01T10:00:00Z');

class Station {
  readonly journal;

  constructor(
    readonly identity: UnlockedIdentity,
    readonly ceremony = CEREMONY,
    readonly home: Home = openHome(newFolder()),
  ) {
    this.journal = openCeremonyJournal(this.home, ceremony, {
      identity,
      clock,
      rehearsal: false,
      program: 'test',
      version: '0',
    });
  }

  static async of(name: string, ceremony = CEREMONY): Promise<Station> {
    return new Station({ ...(await newPerson(name, 'operator')), station: `${name}'s station` }, ceremony);
  }

  note(...texts: string[]): this {
    for (const text of texts) this.journal.append('note', { text });
    return this;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(readFileSync(this.journal.path));
  }

  /** Shows the journal so far, as the app does. */
  async show(): Promise<SignedMessage<'log'>> {
    const message = await liveLogMessage(this.identity, fromHex(this.ceremony), this.bytes, clock());
    recordCrossing(this.journal, 'out', message, 'qr');
    return message;
  }

  /** The same station's person, with a journal written anew from its second line on. */
  rewritten(): Station {
    const home = openHome(newFolder());
    const { journal } = home.makeCeremony(this.ceremony);
    writeFileSync(journal, `${new TextDecoder().decode(this.bytes).split('\n')[0]}\n`);
    return new Station(this.identity, this.ceremony, home);
  }

  async knows(...people: readonly UnlockedIdentity[]): Promise<this> {
    for (const person of people) {
      const message = await identityMessage(person, clock());
      await addPerson(this.home, message, clock(), () => {});
    }
    return this;
  }

  take(message: SignedMessage) {
    const { home, identity, journal } = this;
    return takeStatement({ home, identity, journal, ceremony: fromHex(this.ceremony) }, message, 'qr');
  }
}

function witnessOf(identity: UnlockedIdentity, ...known: readonly UnlockedIdentity[]): Following {
  const home = openHome(newFolder());
  const owner = { identity, clock, rehearsal: false, program: 'test', version: '0' };
  return { home, identity, known: [identity, ...known], journal: openHomeJournal(home, owner) };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AirlockError ? error.code : Promise.reject(error)),
  );

const eventsOf = (following: Following, name: JournalEvent['event']) =>
  following.journal.entries().filter(({ event }) => event === name);

const only = async (following: Following) => {
  const [station] = await followedStations(following, CEREMONY);
  if (station === undefined) throw new Error('nothing is followed');
  return station;
};

describe('a witness who follows', () => {
  test('sees a station’s journal as it goes on, what is new in it, and signs for exactly what was seen', async () => {
    const otto = (await Station.of('Otto')).note('one', 'two');
    const wanda = await newPerson('Wanda', 'witness');
    const laptop = witnessOf(wanda, otto.identity);
    expect(await follow(laptop, await otto.show())).toMatchObject({
      before: 0,
      log: { lines: 3, isLive: true },
    });
    otto.note('three');
    const { before, log } = await follow(laptop, await otto.show());
    // The line that says that it was shown, and what came after.
    expect([before, log.lines]).toEqual([3, 5]);
    noteDeviation(laptop.journal, {
      ceremony: CEREMONY,
      station: await only(laptop),
      line: 5,
      text: 'The door stood open',
    });
    const station = await only(laptop);
    expect(station.lines.at(-1)).toMatchObject({ event: 'note', data: { text: 'three' } });
    const statement = await statementMessage(laptop, station, clock());
    await otto.knows(wanda);
    expect(await otto.take(statement)).toMatchObject({ lines: 5, head: log.head, name: 'Wanda' });
    // Taken twice, as a camera does, it is kept once.
    expect(await otto.take(statement)).toBeNull();
    expect(otto.journal.entries().filter(({ event }) => event === 'witnessed')).toHaveLength(1);
    // It is for no archive: the journal goes on.
    expect(await keptLogs(laptop.home, CEREMONY, wanda, laptop.known)).toEqual([]);
    expect(eventsOf(laptop, 'journal-followed')).toHaveLength(2);
    expect(eventsOf(laptop, 'statement-signed')).toHaveLength(1);
  });

  test('finds a journal that was written anew between two codes, keeps both, and tells of it in every statement', async () => {
    const otto = (await Station.of('Otto')).note('a share was refused', 'two');
    const olga = await Station.of('Olga');
    const wanda = await newPerson('Wanda', 'witness');
    const laptop = witnessOf(wanda, otto.identity);
    await follow(laptop, await otto.show());
    const liar = otto.rewritten().note('nothing happened', 'two', 'three', 'four');
    const lie = await liar.show();
    await expect(follow(laptop, lie)).rejects.toMatchObject({ code: 'log-contradicts', line: 2 });
    // The camera sees it again: it is noted once.
    expect(await codeOf(follow(laptop, lie))).toBe('log-contradicts');
    expect(eventsOf(laptop, 'deviation-noted')).toHaveLength(1);
    const kept = readdirSync(laptop.home.logs(CEREMONY));
    expect(kept.filter((name) => name.endsWith('.contradicts.airlock'))).toHaveLength(1);
    const station = await only(laptop);
    expect(station.deviations[0]?.text).toContain('differs from line 2 on');
    const statement = await statementMessage(laptop, station, clock());
    // The liar's own station would not keep it. Another one does.
    await liar.knows(wanda);
    await olga.knows(wanda);
    expect(await codeOf(liar.take(statement))).toBe('head-not-here');
    expect(await olga.take(statement)).toMatchObject({ of: toHex(otto.identity.fingerprint).toUpperCase() });
  });

  test('finds it also where only the closed journal was written anew', async () => {
    const otto = (await Station.of('Otto')).note('a share was refused');
    const wanda = await newPerson('Wanda', 'witness');
    const laptop = witnessOf(wanda, otto.identity);
    await follow(laptop, await otto.show());
    const liar = otto.rewritten().note('nothing happened', 'nor later');
    const paths = liar.home.ceremony(CEREMONY);
    await signOff(paths, liar.identity);
    const transcript = stationTranscript(liar.identity.station, paths, [liar.identity]);
    const closed = await logMessage(liar.identity, fromHex(CEREMONY), transcript, clock());
    expect(await codeOf(follow(laptop, closed))).toBe('log-contradicts');
  });

  test('takes an old code as old: what was seen since stays what is signed', async () => {
    const otto = (await Station.of('Otto')).note('one');
    const laptop = witnessOf(await newPerson('Wanda', 'witness'), otto.identity);
    const old = await otto.show();
    await follow(laptop, old);
    const { log } = await follow(laptop, await otto.note('two').show());
    expect(await follow(laptop, old)).toMatchObject({ before: log.lines, log: { lines: 2 } });
    expect((await only(laptop)).log.head).toBe(log.head);
  });

  test('takes nothing that its sender didn’t sign as theirs: another’s journal, a cut or stretched one, a closed one as live', async () => {
    const otto = (await Station.of('Otto')).note('one', 'two');
    const eve = (await Station.of('Eve')).note('x');
    const laptop = witnessOf(await newPerson('Wanda', 'witness'), otto.identity, eve.identity);
    const honest = await otto.show();
    const { body } = honest.envelope;
    const asEve = (change: Partial<typeof body>) =>
      signMessage(
        { ...honest.envelope, from: eve.identity.fingerprint, body: { ...body, ...change } },
        eve.identity.privateKey,
      );
    expect(await codeOf(follow(laptop, await asEve({})))).toBe('log-mismatch');
    const own = (await eve.show()).envelope.body;
    // Her lines under his head, and his lines under her head.
    expect(await codeOf(follow(laptop, await asEve({ checkpoint: own.checkpoint })))).toBe('log-mismatch');
    expect(await codeOf(follow(laptop, await asEve({ lines: own.lines })))).toBe('log-mismatch');
    const longer = own.checkpoint.replace(/^lines: .*$/m, 'lines: 9');
    expect(await codeOf(follow(laptop, await asEve({ ...own, checkpoint: longer })))).toBe('log-mismatch');
    // Signed for one kind of checkpoint it is none for the other.
    const asClosed = own.checkpoint.replace('live checkpoint', 'checkpoint');
    expect(await codeOf(follow(laptop, await asEve({ ...own, checkpoint: asClosed })))).toBe('log-unsigned');
    const unsigned = own.people.map(({ name, publicKey }) => ({ name, publicKey }));
    expect(await codeOf(follow(laptop, await asEve({ ...own, people: unsigned })))).toBe('log-unsigned');
    expect(await followedStations(laptop, CEREMONY)).toEqual([]);
  });

  test('refuses what no statement could hold', async () => {
    const otto = (await Station.of('Otto')).note('one');
    const laptop = witnessOf(await newPerson('Wanda', 'witness'), otto.identity);
    await follow(laptop, await otto.show());
    const station = await only(laptop);
    const note = (text: string, line = 0) =>
      codeOf((async () => noteDeviation(laptop.journal, { ceremony: CEREMONY, station, line, text }))());
    expect(await note('  ')).toBe('empty-deviation');
    expect(await note('two\nlines')).toBe('empty-deviation');
    expect(await note('x'.repeat(301))).toBe('empty-deviation');
    expect(await note('x', 3)).toBe('no-such-line');
    for (let n = 0; n < 40; n++) expect(await note('x'.repeat(300))).toBe('accepted');
    expect(await note('x')).toBe('too-many-deviations');
    // All of them still cross.
    await otto.knows(laptop.identity);
    expect(await otto.take(await statementMessage(laptop, await only(laptop), clock()))).toMatchObject({
      lines: 2,
    });
  });
});

describe('a station keeps no statement', () => {
  test('on a head of another ceremony, by another signer or of another role, or over another text', async () => {
    const otto = (await Station.of('Otto')).note('one');
    const elsewhere = new Station(otto.identity, OTHER).note('one');
    const [wanda, olga] = [await newPerson('Wanda', 'witness'), await newPerson('Olga', 'officer')];
    await otto.knows(wanda, olga);
    const laptop = witnessOf(wanda, otto.identity);
    const { log } = await follow(laptop, await elsewhere.show());
    const [seen] = await followedStations(laptop, OTHER);
    if (seen === undefined) throw new Error('nothing is followed');
    const foreign = await statementMessage(laptop, seen, clock());
    expect(await codeOf(otto.take(foreign))).toBe('other-ceremony');
    // Said to be of this one: its head isn't here.
    const claimed = { ...seen, log: { ...log, ceremony: CEREMONY } };
    expect(await codeOf(otto.take(await statementMessage(laptop, claimed, clock())))).toBe('head-not-here');

    await follow(laptop, await otto.show());
    const station = await only(laptop);
    const honest = await statementMessage(laptop, station, clock());
    const changed = (change: Partial<(typeof honest)['envelope']['body']>) =>
      signMessage({ ...honest.envelope, body: { ...honest.envelope.body, ...change } }, wanda.privateKey);
    const deviations = [{ at: '2026-05-01T10:00:00.000Z', line: 0, text: 'All was well' }];
    expect(await codeOf(otto.take(await changed({ deviations })))).toBe('bad-statement');
    expect(await codeOf(otto.take(await changed({ seenAt: '2026-05-01T09:00:00.000Z' })))).toBe(
      'bad-statement',
    );
    expect(await codeOf(otto.take(await changed({ station: 'Elsewhere' })))).toBe('bad-statement');
    const asOfficer = witnessOf(olga, otto.identity);
    await follow(asOfficer, await otto.show());
    expect(await codeOf(otto.take(await statementMessage(asOfficer, await only(asOfficer), clock())))).toBe(
      'wrong-sender',
    );
    const stranger = witnessOf(await newPerson('Eve', 'witness'), otto.identity);
    await follow(stranger, await otto.show());
    expect(await codeOf(otto.take(await statementMessage(stranger, await only(stranger), clock())))).toBe(
      'unknown-signer',
    );
    expect(otto.journal.entries().filter(({ event }) => event === 'witnessed')).toEqual([]);
    expect(await otto.take(honest)).not.toBeNull();
  });
});

test('a code that unpacks to a giant journal is refused before its lines are read', async () => {
  const otto = (await Station.of('Otto')).note('one');
  const laptop = witnessOf(await newPerson('Wanda', 'witness'), otto.identity);
  const honest = await otto.show();
  const { body } = honest.envelope;
  const bare = `${bareLines(otto.bytes).split('\n')[1]}\n`;
  const giant = (lines: number, said: number) =>
    signMessage(
      {
        ...honest.envelope,
        body: {
          ...body,
          lines: new Uint8Array(brotliCompressSync(bare.repeat(lines))),
          checkpoint: body.checkpoint.replace(/^lines: .*$/m, `lines: ${said}`),
        },
      },
      otto.identity.privateKey,
    );
  const started = Date.now();
  expect(await codeOf(follow(laptop, await giant(15_000, 15_000)))).toBe('log-too-large');
  expect(await codeOf(follow(laptop, await giant(15_000, 2)))).toBe('log-too-large');
  expect(await codeOf(follow(laptop, await giant(100_000, 2)))).toBe('log-damaged');
  expect(Date.now() - started).toBeLessThan(5000);
});
