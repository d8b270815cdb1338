import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { archiveStations } from '../../../main/store/archive';
import { type Home, openHome } from '../../../main/store/home';
import { openCeremonyJournal } from '../../../main/store/home-journal';
import type { UnlockedIdentity } from '../../../main/store/identity';
import type { Journal } from '../../../main/store/journal';
import { keptLogs, takeLog } from '../../../main/store/kept-log';
import { logMessage, readLog } from '../../../main/store/log';
import { keepSignature, signOff } from '../../../main/store/sign-off';
import { type StationTranscript, stationTranscript } from '../../../main/store/station-transcript';
import { AirlockError } from '../../../shared/airlock-error';
import { fromHex, toHex } from '../../../shared/bytes';
import type { Body } from '../../../shared/message/body';
import { parseWire, type SignedMessage, signMessage, wireBytes } from '../../../shared/message/wire';
import { signDetached } from '../../../shared/openpgp/signature';
import { makeOutgoing, UrReader } from '../../../shared/qr/ur';
import { newFolder, newPerson } from '../online/stage';

vi.setConfig({ testTimeout: 60_000 });

const CEREMONY = 'ab'.repeat(16);
const NOW = new Date('2026-05-01T10:00:00Z');

interface Station {
  readonly identity: UnlockedIdentity;
  readonly journal: Journal;
  /** Signs off, with the others' signatures. */
  close(others?: readonly UnlockedIdentity[]): Promise<StationTranscript>;
}

async function newStation(name: string, rehearsal = false): Promise<Station> {
  const identity = { ...(await newPerson(name, 'operator')), station: `${name}'s station` };
  const home = openHome(newFolder());
  const paths = home.makeCeremony(CEREMONY);
  const clock = () => NOW;
  const owner = { identity, clock, rehearsal, program: 'test', version: '0' };
  return {
    identity,
    journal: openCeremonyJournal(home, CEREMONY, owner),
    async close(others = []) {
      const { bytes } = await signOff(paths, identity, true);
      for (const other of others)
        await keepSignature(paths, other, await signDetached(bytes, other.privateKey));
      return stationTranscript(identity.station, paths, [identity, ...others]);
    },
  };
}

const carried = ({ identity }: Station, transcript: StationTranscript): Promise<SignedMessage<'log'>> =>
  logMessage(identity, fromHex(CEREMONY), transcript, NOW);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AirlockError ? error.code : Promise.reject(error)),
  );

/** The bytes as a camera gets them: from the moving code's parts, every third of which it misses. */
function filmed(bytes: Uint8Array): Uint8Array {
  const code = makeOutgoing(bytes);
  const reader = new UrReader();
  for (let part = 0; part < 20 * code.partCount; part++) {
    if (part % 3 === 2) continue;
    const received = reader.receive(code.part(part));
    if (received.status === 'complete') return received.bytes;
  }
  throw new Error('the moving code could not be read');
}

/** Every file of a folder by its path in there. */
function filesIn(folder: string, path = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, path)).map((name) => {
      const inside = join(path, name);
      return statSync(join(folder, inside)).isDirectory()
        ? filesIn(folder, inside)
        : { [inside]: readFileSync(join(folder, inside), 'base64') };
    }),
  );
}

describe('a journal that crosses as a moving code', () => {
  test('gives the same folder of an archive, byte for byte, as carrying its file does', async () => {
    const otto = await newStation('Otto', true);
    const wanda = await newPerson('Wanda', 'witness');
    for (let n = 0; n < 20; n++) otto.journal.append('note', { text: `Nothing of note happened, ${n}` });
    const transcript = await otto.close([wanda]);
    const byFile = newFolder();
    await archiveStations(byFile, [transcript]);

    const laptop = openHome(newFolder());
    const message = parseWire(filmed(wireBytes(await carried(otto, transcript))));
    // She knows Otto, and herself.
    const log = await takeLog(laptop, message, wanda, [otto.identity, wanda]);
    expect(log).toMatchObject({ ceremony: CEREMONY, lines: 21, rehearsal: true });
    const byCode = newFolder();
    const kept = await keptLogs(laptop, CEREMONY, wanda, [otto.identity, wanda]);
    await archiveStations(
      byCode,
      kept.map((each) => each.transcript),
    );
    expect(filesIn(byCode)).toEqual(filesIn(byFile));
    expect(Object.keys(filesIn(byCode))).toContain(join('keys', 'wanda.asc'));
  });

  test('takes no more than 2,500 bytes for 20 lines, and 10,000 for 200', async () => {
    for (const [lines, most] of [
      [20, 2_500],
      [200, 10_000],
    ] as const) {
      const otto = await newStation('Otto');
      for (let n = 1; n < lines; n++) {
        // What can't be packed: a digest a line, as messages have it.
        const digest = toHex(crypto.getRandomValues(new Uint8Array(32)));
        if (n % 2 === 0) otto.journal.append('message-sent', { type: 'attempt', digest, carrier: 'qr' });
        else otto.journal.append('note', { text: `The custodian of place ${n} came in` });
      }
      const { length } = wireBytes(await carried(otto, await otto.close()));
      console.log('SIZE', lines, length, makeOutgoing(new Uint8Array(length)).partCount);
      expect(length).toBeLessThan(most);
    }
  });

  test('is not made before sign-off, nor of more than a moving code carries', async () => {
    const otto = await newStation('Otto');
    const transcript = await otto.close();
    expect(await codeOf(carried(otto, { ...transcript, checkpoint: null }))).toBe('not-signed-off');
    const longer = new Uint8Array([...transcript.journal, ...transcript.journal]);
    expect(await codeOf(carried(otto, { ...transcript, journal: longer }))).toBe('not-signed-off');
    for (let n = 0; n < 130; n++) {
      const text = Buffer.from(crypto.getRandomValues(new Uint8Array(700))).toString('base64');
      otto.journal.append('note', { text });
    }
    const closed = await otto.close();
    await expect(carried(otto, closed)).rejects.toMatchObject({
      code: 'log-too-large',
      message: expect.stringMatching(/^This journal has 131 lines, .* Archive it into a folder/),
    });
  });
});

describe('a journal that came by a code', () => {
  test('is refused by name where anything of it was changed, and nothing is kept', async () => {
    const otto = await newStation('Otto');
    const olga = await newStation('Olga');
    const wanda = await newPerson('Wanda', 'witness');
    const known = [otto.identity, olga.identity, wanda];
    otto.journal.append('note', { text: 'One' });
    const { body } = (await carried(otto, await otto.close([wanda]))).envelope;
    const others = (await carried(olga, await olga.close())).envelope.body;
    const [first, second] = body.people;
    if (first === undefined || second === undefined) throw new Error('two people are in it');
    const home = openHome(newFolder());
    const refusal = async (
      change: Partial<Body<'log'>>,
      { by = otto.identity, ceremony = CEREMONY } = {},
    ): Promise<string> =>
      codeOf(
        signMessage(
          {
            v: 1,
            type: 'log',
            ceremony: fromHex(ceremony),
            prev: null,
            issuedAt: NOW.toISOString(),
            from: by.fingerprint,
            body: { ...body, ...change },
          },
          by.privateKey,
        ).then((message) => takeLog(home, message, wanda, known)),
      );

    expect(await refusal({ lines: others.lines })).toBe('log-mismatch');
    expect(await refusal({ checkpoint: others.checkpoint })).toBe('log-mismatch');
    expect(await refusal({}, { ceremony: 'cd'.repeat(16) })).toBe('log-mismatch');
    expect(await refusal({}, { by: olga.identity })).toBe('log-mismatch');
    expect(await refusal({ checkpoint: 'Airlock checkpoint v9\n' })).toBe('bad-checkpoint');
    expect(await refusal({ lines: new Uint8Array(40) })).toBe('log-damaged');
    // A few bytes that become gigabytes.
    const bomb = brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    expect(await refusal({ lines: new Uint8Array(bomb) })).toBe('log-damaged');
    expect(await refusal({ people: [second] })).toBe('log-unsigned');
    expect(await refusal({ people: [{ ...first, publicKey: second.publicKey }, second] })).toBe(
      'log-unsigned',
    );
    const { signature } = second;
    expect(await refusal({ people: [{ ...first, ...(signature ? { signature } : {}) }] })).toBe(
      'log-unsigned',
    );
    expect(await refusal({ people: [{ name: 'Otto', publicKey: new Uint8Array(40) }] })).toBe('log-damaged');
    expect(await refusal({}, { by: await newPerson('Mallory', 'operator') })).toBe('unknown-signer');
    expect(home.listLogs()).toEqual([]);
    expect(await refusal({})).toBe('accepted');
    expect(home.listLogs()).toEqual([CEREMONY]);
  });

  test('can be replaced by one with more lines or signatures, and by none that contradicts it', async () => {
    const otto = await newStation('Otto');
    const wanda = await newPerson('Wanda', 'witness');
    const known = [otto.identity, wanda];
    const home = openHome(newFolder());
    const kept = async () =>
      (await keptLogs(home, CEREMONY, wanda, known)).map(({ lines, transcript }) => [
        lines,
        transcript.signatures.length,
      ]);
    const early = await carried(otto, await otto.close());
    await takeLog(home, early, wanda, known);
    await takeLog(home, await carried(otto, await otto.close([wanda])), wanda, known);
    expect(await kept()).toEqual([[1, 2]]);
    await takeLog(home, early, wanda, known);
    expect(await kept()).toEqual([[1, 2]]);

    // The same person, another journal: what somebody does who begins it anew without a line of it.
    const second = openHome(newFolder());
    const paths = second.makeCeremony(CEREMONY);
    const owner = { identity: otto.identity, clock: () => new Date(), rehearsal: false };
    openCeremonyJournal(second, CEREMONY, { ...owner, program: 'test', version: '1' });
    await signOff(paths, otto.identity);
    const other = stationTranscript(otto.identity.station, paths, [otto.identity]);
    const contradicting = takeLog(home, await carried(otto, other), wanda, known);
    await expect(contradicting).rejects.toMatchObject({
      code: 'log-contradicts',
      message: expect.stringContaining('neither continues the other'),
    });

    otto.journal.append('note', { text: 'Two' });
    await takeLog(home, await carried(otto, await otto.close()), wanda, known);
    expect(await kept()).toEqual([[2, 1]]);
  });

  test('is read again from the disk only as it was signed', async () => {
    const otto = await newStation('Otto');
    const wanda = await newPerson('Wanda', 'witness');
    const known = [otto.identity, wanda];
    const home: Home = openHome(newFolder());
    const { digest } = await takeLog(home, await carried(otto, await otto.close()), wanda, known);
    const path = home.log(CEREMONY, toHex(digest));
    const bytes = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        writeFileSync(path, changed);
        expect(await codeOf(keptLogs(home, CEREMONY, wanda, known))).toMatch(
          /^(home-finding|not-as-signed|unknown-signer)$/,
        );
      }),
      { numRuns: 25 },
    );
    writeFileSync(path, bytes);
    expect(await keptLogs(home, CEREMONY, wanda, known)).toHaveLength(1);
    expect(await codeOf(keptLogs(home, CEREMONY, wanda, [wanda]))).toBe('unknown-signer');
  });

  test('is nothing but refused where it is garbage', async () => {
    const wanda = await newPerson('Wanda', 'witness');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 600 }), async (lines) => {
        const message = await signMessage(
          {
            v: 1,
            type: 'log',
            ceremony: fromHex(CEREMONY),
            prev: null,
            issuedAt: NOW.toISOString(),
            from: wanda.fingerprint,
            body: { checkpoint: 'x', lines, people: [{ name: 'W', publicKey: wanda.publicKey }] },
          },
          wanda.privateKey,
        );
        expect(await codeOf(readLog(message, wanda, [wanda]))).toBe('log-damaged');
      }),
      { numRuns: 40 },
    );
  });
});
