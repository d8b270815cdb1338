import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { handlers } from '../../../main/offline/handlers';
import { OfflineStation } from '../../../main/offline/offline-station';
import { openHome } from '../../../main/store/home';
import { readTranscriptFolder } from '../../../main/store/transcript-folder';
import { asciiBytes, toBase64, toHex } from '../../../shared/bytes';
import type { Role } from '../../../shared/message/body';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { encodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { verifyTranscript } from '../../../shared/transcript/verify';

const passphrase = 'correct horse battery';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-test-'));
  folders.push(folder);
  return folder;
};

const stationOn = (folder: string): OfflineStation =>
  new OfflineStation({
    home: openHome(folder),
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    version: '0.0.0',
    program: 'test',
  });

async function newStation(name: string, role: Role): Promise<{ station: OfflineStation; folder: string }> {
  const folder = newFolder();
  const station = stationOn(folder);
  await station.person.create({ name, role, station: `${name}'s laptop`, passphrase });
  return { station, folder };
}

const identityText = (station: OfflineStation): string => {
  const [id] = station.outbound().keys();
  return station.outgoingFile(id ?? '').text;
};

async function introduce(a: OfflineStation, b: OfflineStation): Promise<void> {
  await a.receiveText(identityText(b), 'paste');
  await a.person.confirm(true);
}

async function codeOf(action: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    return error instanceof Error && 'code' in error
      ? String(error.code)
      : `not of the domain: ${String(error)}`;
  }
  return 'nothing was refused';
}

/** An officer who knows as many custodians as the server needs shares, with a plan typed in by hand. */
async function plannedByHand(method: 'pgp' | 'otp', otpLength = 28) {
  const { station, folder } = await newStation('Olga', 'officer');
  const roster: string[] = [];
  for (const name of ['Ada', 'Ben']) {
    const custodian = await newStation(name, 'custodian');
    await introduce(station, custodian.station);
    roster.push(toHex(custodian.station.identity().fingerprint));
  }
  station.beginCeremony(false);
  const desk = station.officer();
  desk.plan.takeByHand({ address: 'https://vault.example:8200', otpLength, threshold: 2, shares: 3 });
  desk.plan.agree({
    ...desk.state.draft,
    title: 'Re-enable OIDC',
    purpose: 'The tenant changed',
    method,
    roster,
  });
  return { station, folder, id: desk.state.id };
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });

/** Whether any file under the folder holds the secret raw, in hex or in base64 (at any alignment). */
function isWrittenUnder(folder: string, secret: Uint8Array): boolean {
  const hex = toHex(secret);
  const forms = [Buffer.from(secret), Buffer.from(hex), Buffer.from(hex.toUpperCase())];
  for (let shift = 0; shift < 3; shift++) {
    const inner = toBase64(new Uint8Array([...new Uint8Array(shift), ...secret]));
    forms.push(Buffer.from(inner.slice(shift === 0 ? 0 : 4, -4)));
  }
  return filesUnder(folder).some((path) => {
    const bytes = readFileSync(path);
    return forms.some((form) => bytes.includes(form));
  });
}

describe('an air-gapped station', () => {
  test('decodes days later, in another process, what it prepared with a one-time password', async () => {
    const { station, folder, id } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    const otp = await station.officer().key.revealOtp();
    station.lock();

    const later = stationOn(folder);
    await later.person.unlock(passphrase);
    await later.openCeremony(id);
    const token = asciiBytes(`hvs.${'aB3'.repeat(8)}`);
    later.officer().startSent();
    await later.officer().result.takeEncodedToken(encodeToken(token, parseOtp(otp)), '');
    await later.officer().token.decode(passphrase);
    expect(later.officer().token.reveal()).toBe(`hvs.${'aB3'.repeat(8)}`);
    expect(isWrittenUnder(folder, token)).toBe(false);
    expect(isWrittenUnder(folder, asciiBytes(otp))).toBe(false);
  });

  test('decodes what a server encrypted to the key it made, and nothing once that key is destroyed', async () => {
    const { station, folder, id } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const token = asciiBytes(`hvs.${'xY9'.repeat(8)}`);
    const encoded = toBase64(await encryptToKey(token, station.officer().key.exportPublicKey()));
    station.officer().startSent();
    await station.officer().result.takeEncodedToken(encoded, '');
    await station.officer().token.decode(passphrase);
    expect(station.officer().token.reveal()).toBe(`hvs.${'xY9'.repeat(8)}`);
    expect(isWrittenUnder(folder, token)).toBe(false);
    station.officer().token.reportRevoked();
    station.officer().destroySecret();
    expect(readdirSync(join(folder, 'ceremonies', id))).not.toContain('secret.pgp');
    expect(await codeOf(station.officer().token.decode(passphrase))).toBe('wrong-step');
  });

  test('names a wrong passphrase, and decodes with the right one afterwards', async () => {
    const { station } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    const otp = await station.officer().key.revealOtp();
    station.officer().startSent();
    await station
      .officer()
      .result.takeEncodedToken(encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), parseOtp(otp)), '');
    expect(await codeOf(station.officer().token.decode('something else'))).toBe('wrong-passphrase');
    await station.officer().token.decode(passphrase);
    expect(station.officer().token.isHeld).toBe(true);
  });

  test('refuses an encoded token that its one-time password does not fit, and keeps waiting for a better one', async () => {
    const { station } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    station.officer().startSent();
    const other = parseOtp('Z'.repeat(28));
    await station
      .officer()
      .result.takeEncodedToken(encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), other), '');
    expect(await codeOf(station.officer().token.decode(passphrase))).toMatch(/prefix|alphabet/);
    expect(station.officer().state.token).toBeNull();
    expect(station.officer().token.isHeld).toBe(false);
  });

  test('forgets the token when it is locked', async () => {
    const { station, id } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    const otp = await station.officer().key.revealOtp();
    station.officer().startSent();
    await station
      .officer()
      .result.takeEncodedToken(encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), parseOtp(otp)), '');
    await station.officer().token.decode(passphrase);
    station.lock();
    await station.person.unlock(passphrase);
    await station.openCeremony(id);
    expect(await codeOf(() => station.officer().token.reveal())).toBe('no-token');
  });

  test('keeps nothing that is no encoded token, for it may be a secret in the wrong field', async () => {
    for (const method of ['pgp', 'otp'] as const) {
      const { station, folder } = await plannedByHand(method);
      if (method === 'pgp') await station.officer().key.makeKey('curve25519');
      else await station.officer().key.makeOtp();
      station.officer().startSent();
      for (const secret of [`hvs.${'A'.repeat(24)}`, 'a7'.repeat(33)]) {
        expect(await codeOf(station.officer().result.takeEncodedToken(secret, ''))).toMatch(
          method === 'pgp' ? /^not-a-message$/ : /^(not-base64|length|otp-length)$/,
        );
        expect(isWrittenUnder(folder, asciiBytes(secret))).toBe(false);
      }
      expect(station.officer().state.step).toBe('result');
    }
  });

  test('contradicts nothing by itself where everything crossed as plain values', async () => {
    const { station } = await plannedByHand('pgp');
    const officer = station.officer();
    await officer.key.makeKey('curve25519');
    const key = officer.key.exportPublicKey();
    officer.startSent();
    const token = asciiBytes(`hvs.${'aB3'.repeat(8)}`);
    await officer.result.takeEncodedToken(toBase64(await encryptToKey(token, key)), '');
    await officer.token.decode(passphrase);
    officer.token.reportRevoked();
    officer.destroySecret();
    await station.transcript.signOff();
    const archive = newFolder();
    await station.transcript.archive(archive);
    // Nothing contradicts. Nobody else has signed, and that the token was revoked the officer was only told.
    const { findings } = await verifyTranscript(readTranscriptFolder(archive));
    expect(findings.map(({ verdict, code }) => [verdict, code])).toEqual([
      ['incomplete', 'not-revoked'],
      ['incomplete', 'no-other-signature'],
    ]);
  });

  test('says on record where a key could not be destroyed, and goes on from there', async () => {
    const { station, folder, id } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const secret = join(folder, 'ceremonies', id, 'secret.pgp');
    const sealed = readFileSync(secret);
    rmSync(secret);
    mkdirSync(secret);
    expect(await codeOf(() => station.officer().destroySecret())).toBe('cannot-destroy');
    expect(station.officer().state.step).toBe('start');
    const last = station.officer().file.journal.entries().at(-1);
    expect(last).toMatchObject({
      event: 'exception',
      data: { text: expect.stringContaining('could not be destroyed') },
    });
    rmSync(secret, { recursive: true });
    writeFileSync(secret, sealed);
    station.officer().destroySecret();
    expect(station.officer().state.step).toBe('sign-off');
  });

  test('has nothing compared of a person who is known already as the same, and records that their code came', async () => {
    const { station, folder } = await newStation('Olga', 'officer');
    const other = await newStation('Ada', 'custodian');
    await introduce(station, other.station);
    expect(await station.receiveText(identityText(other.station), 'qr')).toMatchObject({
      text: 'Ada is known here already, and nothing is different.',
    });
    expect(station.person.pending).toBeNull();
    const last = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').at(-1);
    expect(JSON.parse(last ?? '')).toMatchObject({ event: 'message-received', data: { type: 'identity' } });
  });

  test('records by which way a message came: out of a code, or as text', async () => {
    const { station, folder } = await newStation('Olga', 'officer');
    const call = handlers(
      station,
      { saveFile: async () => null, chooseFolder: async () => null },
      () => ({ electron: '', offline: { ok: true, checkedAt: '', detail: '' } }),
      { print: async () => 'printed', pdf: async () => new Uint8Array() },
    );
    for (const [name, carrier] of [
      ['Ada', 'qr'],
      ['Ben', 'paste'],
    ] as const) {
      const other = await newStation(name, 'custodian');
      await call['code.receive']({ text: identityText(other.station), carrier });
      await station.person.confirm(true);
      const lines = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
      const received = lines
        .map((line) => JSON.parse(line))
        .filter(({ event }) => event === 'message-received');
      expect(received.at(-1)).toMatchObject({ data: { type: 'identity', carrier } });
    }
  });

  test('drops an identity whose words differ', async () => {
    const { station } = await newStation('Olga', 'officer');
    const stranger = await newStation('Mallory', 'custodian');
    await station.receiveText(identityText(stranger.station), 'qr');
    await station.person.confirm(false);
    const surroundings = { electron: '', offline: { ok: true, checkedAt: '', detail: '' } };
    expect(station.state(surroundings).people).toEqual([]);
    expect(station.state(surroundings).pendingPerson).toBeNull();
  });

  test('lets nobody but an officer begin a ceremony', async () => {
    const { station } = await newStation('Ada', 'custodian');
    expect(await codeOf(() => station.beginCeremony(false))).toBe('wrong-role');
  });

  test('does nothing while it is locked', async () => {
    const { station } = await newStation('Olga', 'officer');
    const text = identityText(station);
    station.lock();
    expect(await codeOf(station.receiveText(text, 'qr'))).toBe('locked');
    expect(await codeOf(() => station.beginCeremony(false))).toBe('locked');
  });

  test.each([
    ['nothing at all', '   '],
    ['a web address', 'https://example.com'],
    ['a code of another program', 'UR:BYTES/GDSKGYHEAEAECWHEMKCK'],
    ['half a code', 'UR:AIRLOCK/1-3/LPADAXCF'],
  ])('answers %s with a sentence', async (_what, text) => {
    const { station } = await newStation('Ada', 'custodian');
    expect(await codeOf(station.receiveText(text, 'paste'))).toBe('not-understood');
  });

  test('refuses a start message by name: it goes to the station', async () => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbound().keys();
    const { text } = station.outgoingFile(start ?? '');
    expect(await codeOf(station.receiveText(text, 'paste'))).toBe('wrong-direction');
  });

  test('writes a code that is refused into the journal once, however often a camera sees it', async () => {
    const { station, folder, id } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbound().keys();
    const { text } = station.outgoingFile(start ?? '');
    for (let frame = 0; frame < 5; frame++) {
      expect(await codeOf(station.receiveText(text, 'qr'))).toBe('wrong-direction');
    }
    const journal = readFileSync(join(folder, 'ceremonies', id, 'journal.jsonl'), 'utf8');
    expect(journal.split('"event":"message-refused"')).toHaveLength(2);
  });

  test('writes a code that is refused while no ceremony is open into the journal of the laptop', async () => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbound().keys();
    const { text } = station.outgoingFile(start ?? '');
    const other = await newStation('Carol', 'custodian');
    expect(await codeOf(other.station.receiveText(text, 'qr'))).toBe('wrong-direction');
    const refused = readFileSync(join(other.folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').at(-1);
    expect(JSON.parse(refused ?? '')).toMatchObject({
      event: 'message-refused',
      data: { code: 'wrong-direction', type: 'start', digest: start },
    });
  });

  test('is not signed off while the key still lies on the laptop', async () => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    expect(await codeOf(station.transcript.signOff())).toBe('not-compared');
    station.officer().destroySecret();
    await station.transcript.signOff();
    const surroundings = { electron: '', offline: { ok: true, checkedAt: '', detail: '' } };
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga']);
  });

  test("takes a witness's signature over its checkpoint, and none over another", async () => {
    const { station } = await plannedByHand('pgp');
    const witness = await newStation('Wanda', 'witness');
    await introduce(station, witness.station);
    await introduce(witness.station, station);
    await station.officer().key.makeKey('curve25519');
    station.officer().destroySecret();
    const first = await station.transcript.signOff();
    const sign = async (): Promise<string> => {
      const id = [...station.outbound().values()].findIndex(({ title }) => title === 'Checkpoint');
      await witness.station.receiveText(
        station.outgoingFile([...station.outbound().keys()][id] ?? '').text,
        'qr',
      );
      const signed = await witness.station.witnessDesk.sign();
      return witness.station.outgoingFile(toHex(signed.digest)).text;
    };
    const stale = await sign();
    station.transcript.recordException('The lights went out');
    const second = await station.transcript.signOff();
    expect(toHex(second.digest)).not.toBe(toHex(first.digest));
    expect(await codeOf(station.receiveText(stale, 'qr'))).toBe('other-checkpoint');
    // The refusal itself is on the record, so the transcript is closed once more before the witness signs it.
    await station.transcript.signOff();
    await station.receiveText(await sign(), 'qr');
    const surroundings = { electron: '', offline: { ok: true, checkedAt: '', detail: '' } };
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga', 'Wanda']);
  });

  test('keeps everyone at their work when one ceremony on the disk is damaged', async () => {
    const { station, folder, id } = await plannedByHand('pgp');
    station.leave();
    const other = 'ab'.repeat(16);
    mkdirSync(join(folder, 'ceremonies', other), { recursive: true });
    const surroundings = { electron: '', offline: { ok: true, checkedAt: '', detail: '' } };
    const listed = station.state(surroundings).ceremonies;
    expect(listed.map((ceremony) => [ceremony.id, ceremony.role])).toEqual(
      [
        [id, 'officer'],
        [other, 'unreadable'],
      ].sort(([a], [b]) => (a ?? '').localeCompare(b ?? '')),
    );
    await station.openCeremony(id);
    expect(station.officer().state.id).toBe(id);
  });

  test('leaves a signed transcript as it is when a wrong code is shown to it', async () => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const start = [...station.outbound().entries()].find(([, { title }]) => title === 'Start');
    const { text } = station.outgoingFile(start?.[0] ?? '');
    station.officer().destroySecret();
    await station.transcript.signOff();
    expect(await codeOf(station.receiveText(text, 'qr'))).toBe('wrong-direction');
    const surroundings = { electron: '', offline: { ok: true, checkedAt: '', detail: '' } };
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga']);
  });

  test('makes a new start after going back to the plan, and withdraws the first', async () => {
    const { station } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    const first = station.officer().state.start;
    station.officer().startSent();
    station.officer().reopenPlan();
    station.officer().plan.agree(station.officer().state.draft);
    await station.officer().key.makeOtp();
    expect(station.officer().state.start).not.toBe(first);
    const events = station.officer().file.journal.entries();
    expect(events.flatMap((line) => (line.event === 'message-withdrawn' ? [line.data.digest] : []))).toEqual([
      first,
    ]);
  });
});
