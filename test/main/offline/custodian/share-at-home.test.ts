import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Paper, ShareCard } from '../../../../main/offline/custodian/share-card';
import { handlers } from '../../../../main/offline/handlers';
import type { OfflineStation } from '../../../../main/offline/offline-station';
import { StationError } from '../../../../main/station/station-error';
import { asciiBytes, toBase64, toHex } from '../../../../shared/bytes';
import { lockPrivateKey, makeKeyPair } from '../../../../shared/openpgp/key-pair';
import { encryptToKey } from '../../../../shared/openpgp/sealed-to-self';
import { enteredShare } from '../../../../shared/share/entered-share';
import { parseShare } from '../../../../shared/share/share';
import { cardGroups } from '../../../../shared/share/share-card';
import type { JournalLine } from '../../../../shared/transcript/event';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import {
  about,
  type Laptop,
  test as laptopTest,
  noPaper,
  passphrase,
  refusal,
  surroundings,
} from '../fixtures';

const newShare = (): string => `${toHex(randomBytes(32))}7f`;

/** Paper that keeps what was to be printed, instead of a printer. */
class FakePaper implements Paper {
  readonly cards: ShareCard[] = [];
  outcome: 'printed' | 'cancelled' | 'broken' = 'printed';

  async print(card: ShareCard): Promise<'printed' | 'cancelled'> {
    this.cards.push(card);
    if (this.outcome === 'broken') throw new StationError('not-printed', 'No card was printed.');
    return this.outcome;
  }

  async pdf(card: ShareCard): Promise<Uint8Array> {
    await this.print(card);
    return asciiBytes('%PDF-');
  }
}

/** A laptop between ceremonies, as the window calls it. */
interface Custody {
  readonly station: OfflineStation;
  readonly folder: string;
  readonly paper: FakePaper;
  /** Where the person says that a file goes. */
  readonly places: { file: string | null };
  readonly call: ReturnType<typeof handlers>;
  readonly enter: (text: string, cluster: string, replacesRecorded?: 'rekeyed' | 'mistyped') => Promise<null>;
  readonly journal: () => JournalLine[];
}

function custodyAt({ station, folder }: Laptop): Custody {
  const paper = new FakePaper();
  const places: { file: string | null } = { file: null };
  const call = handlers(
    station,
    {
      saveFile: async () => places.file,
      chooseFile: async () => null,
      chooseFolder: async () => null,
      openedFile: async () => null,
    },
    () => surroundings,
    paper,
    about,
    noPaper,
  );
  return {
    station,
    folder,
    paper,
    places,
    call,
    enter: (text, cluster, replacesRecorded) =>
      call['custody.enter']({
        kind: 'text',
        text: new TextEncoder().encode(text),
        cluster,
        ...(replacesRecorded ? { replacesRecorded } : {}),
      }),
    journal: () => parseJournal(readFileSync(join(folder, 'journal.jsonl'), 'utf8')).map(({ line }) => line),
  };
}

const test = laptopTest.extend<{ custody: Custody }>({
  custody: async ({ newLaptop }, use) => use(custodyAt(await newLaptop('Ada', 'custodian', 'Laptop 2'))),
});

const filesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });

describe('a custodian, before any ceremony,', () => {
  test('enters a share once, and later sees that it is still the same, in whatever form', async ({
    custody: { station, enter },
  }) => {
    const hex = newShare();
    await enter(hex, 'prod-eu');
    expect(station.state(surroundings).custody.held).toMatchObject({
      cluster: 'prod-eu',
      length: 33,
      x: 0x7f,
      seenBefore: 'first',
    });
    station.custody.forget();
    for (const text of [
      toBase64(parseShare(hex).bytes),
      cardGroups(parseShare(hex)).join(' '),
      hex.toUpperCase(),
    ]) {
      await enter(text, ' PROD-EU ');
      expect(station.state(surroundings).custody.held).toMatchObject({ seenBefore: 'matches' });
    }
    expect(station.state(surroundings).custody.records).toHaveLength(1);
  });

  test('need not say again which server a known share is for', async ({ custody: { station, enter } }) => {
    const hex = newShare();
    await enter(hex, 'prod-eu');
    await enter(hex, '');
    expect(station.state(surroundings).custody.held).toMatchObject({
      cluster: 'prod-eu',
      seenBefore: 'matches',
    });
    expect((await refusal(enter(newShare(), ''))).code).toBe('no-cluster');
  });

  test('is told of a typing error that still makes a share, and may say that the server was rekeyed', async ({
    custody: { station, enter, journal },
  }) => {
    const hex = newShare();
    const typo = `${hex.startsWith('a') ? 'b' : 'a'}${hex.slice(1)}`;
    await enter(hex, 'prod-eu');
    expect((await refusal(enter(typo, 'prod-eu'))).code).toBe('share-differs');
    await enter(typo, 'prod-eu', 'rekeyed');
    expect(station.state(surroundings).custody.held).toMatchObject({ seenBefore: 'first' });
    expect(journal().at(-1)).toMatchObject({
      event: 'exception',
      data: { text: expect.stringContaining('the server was rekeyed') },
    });
    expect((await refusal(enter(hex, 'prod-eu'))).code).toBe('share-differs');
  });

  test('may say that the first entry was mistyped, which is recorded as that and nothing else', async ({
    custody: { station, enter, journal },
  }) => {
    const hex = newShare();
    await enter(`${hex.startsWith('a') ? 'b' : 'a'}${hex.slice(1)}`, 'prod-eu');
    expect((await refusal(enter(hex, 'prod-eu'))).code).toBe('share-differs');
    await enter(hex, 'prod-eu', 'mistyped');
    const recorded = JSON.stringify(journal().at(-1));
    expect(recorded).toContain('mistyped when it was first entered');
    expect(recorded).not.toContain('rekeyed');
    await enter(hex, 'prod-eu');
    expect(station.state(surroundings).custody.held).toMatchObject({ seenBefore: 'matches' });
    expect(station.state(surroundings).custody.records).toHaveLength(1);
  });

  test('is told which group of a card was mistyped', async ({ custody: { enter } }) => {
    const groups = cardGroups(parseShare(newShare()));
    const group = groups[3] ?? '';
    groups[3] = `${group.startsWith('A') ? 'B' : 'A'}${group.slice(1)}`;
    expect(await refusal(enter(groups.join('\n'), 'prod-eu'))).toMatchObject({
      code: 'card-group',
      message: expect.stringContaining('Group 4 is wrong'),
    });
  });

  test('opens a share that was encrypted to their PGP key', async ({ custody: { station, call } }) => {
    const key = await makeKeyPair({ name: 'Ada', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
    const text = toBase64(await encryptToKey(asciiBytes(newShare()), key.publicKey));
    const privateKey = await lockPrivateKey(key.privateKey, 'pass');
    await call['custody.enter']({
      kind: 'pgp',
      text,
      privateKey,
      passphrase: asciiBytes('pass'),
      cluster: 'prod-eu',
    });
    expect(station.state(surroundings).custody.held).toMatchObject({ length: 33, seenBefore: 'first' });
  });

  test('leaves nothing of the share on disk, in the state or in memory afterwards', async ({
    custody: { station, enter, folder, call },
  }) => {
    const hex = newShare();
    await enter(hex, 'prod-eu');
    const [group = ''] = cardGroups(parseShare(hex));
    const state = JSON.stringify(station.state(surroundings));
    for (const secret of [hex, toBase64(parseShare(hex).bytes), group]) {
      expect(state).not.toContain(secret);
      for (const path of filesUnder(folder)) expect(readFileSync(path, 'latin1')).not.toContain(secret);
    }
    station.lock();
    await station.person.unlock(passphrase);
    expect((await refusal(call['custody.card.print']({}))).code).toBe('no-share');
  });

  test('must be one: an officer keeps no share here', async ({ newLaptop }) => {
    const { enter, station } = custodyAt(await newLaptop('Olga', 'officer'));
    expect((await refusal(enter(newShare(), 'prod-eu'))).code).toBe('wrong-role');
    expect(station.state(surroundings).custody).toEqual({ records: [], held: null });
  });

  test('is told by name where a share is shown to a screen that expects a message', async ({
    custody: { call },
  }) => {
    const hex = newShare();
    for (const text of [hex.toUpperCase(), cardGroups(parseShare(hex)).join(' ')]) {
      const { code, message } = await refusal(call['code.receive']({ text, carrier: 'paste' }));
      expect(code).toBe('share-in-clear');
      expect(message).toContain('key share in the clear');
      expect(message).not.toContain(text);
    }
  });
});

describe('a share card', () => {
  test('is printed with the share as groups and code, its server and its custodian; the journal says so first', async ({
    custody: { call, enter, paper, journal, station },
  }) => {
    const hex = newShare();
    await enter(hex, 'prod-eu');
    expect(await call['custody.card.print']({})).toBe('printed');
    const [card] = paper.cards;
    expect(card).toMatchObject({
      cluster: 'prod-eu',
      custodian: 'Ada',
      station: 'Laptop 2',
      length: 33,
      x: 0x7f,
      rehearsal: false,
    });
    expect(card?.words).toBe(station.state(surroundings).identity?.words);
    expect(toHex(enteredShare(card?.groups.join(' ') ?? '').bytes)).toBe(hex);
    expect(toHex(enteredShare(card?.qrText ?? '').bytes)).toBe(hex);
    expect(journal().at(-1)).toMatchObject({
      event: 'plain-crossing',
      data: { what: 'share', direction: 'out' },
    });
  });

  test('that came to nothing is on the record too', async ({ custody: { call, enter, paper, journal } }) => {
    await enter(newShare(), 'prod-eu');
    paper.outcome = 'cancelled';
    expect(await call['custody.card.print']({})).toBe('cancelled');
    expect(journal().at(-1)).toMatchObject({
      event: 'exception',
      data: { text: expect.stringContaining('cancelled') },
    });
    paper.outcome = 'broken';
    expect((await refusal(call['custody.card.print']({}))).code).toBe('not-printed');
    expect(
      journal()
        .slice(-2)
        .map(({ event }) => event),
    ).toEqual(['plain-crossing', 'exception']);
  });

  test('is saved as a PDF only where the person says, closed to others', async ({
    custody: { call, enter, places, folder, journal },
  }) => {
    await enter(newShare(), 'prod-eu');
    const lines = journal().length;
    expect(await call['custody.card.pdf']({})).toBeNull();
    expect(journal()).toHaveLength(lines);
    places.file = join(folder, 'card.pdf');
    expect(await call['custody.card.pdf']({})).toBe(places.file);
    expect(readFileSync(places.file, 'latin1')).toBe('%PDF-');
    expect(statSync(places.file).mode & 0o777).toBe(0o600);
    places.file = join(folder, 'no such folder', 'card.pdf');
    expect((await refusal(call['custody.card.pdf']({}))).code).toBe('file-unwritable');
    expect(journal().at(-1)).toMatchObject({ event: 'exception' });
  });

  test('can be copied by hand, on the record', async ({ custody: { call, enter, journal } }) => {
    const hex = newShare();
    await enter(hex, 'prod-eu');
    const { text } = await call['custody.card.reveal']({});
    expect(text.split('\n')).toEqual(cardGroups(parseShare(hex)));
    expect(journal().at(-1)).toMatchObject({ event: 'plain-crossing' });
  });
});
