import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { handlers } from '../../../main/offline/handlers';
import type { ReportSheet } from '../../../main/station/places';
import { fileNameOf } from '../../../main/store/file-name';
import { readTranscriptFolder } from '../../../main/store/transcript-folder';
import { asciiBytes, toBase64, toHex } from '../../../shared/bytes';
import { startOf } from '../../../shared/ceremony/officer';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { encodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { verifyTranscript } from '../../../shared/transcript/verify';
import {
  about,
  identityText,
  introduce,
  noPaper,
  passphrase,
  stationOn,
  surroundings,
  test,
} from './fixtures';

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
  test('decodes days later, in another process, what it prepared with a one-time password', async ({
    plannedByHand,
  }) => {
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

  test('decodes what a server encrypted to the key it made, and nothing once that key is destroyed', async ({
    plannedByHand,
  }) => {
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

  test('names a wrong passphrase, and decodes with the right one afterwards', async ({ plannedByHand }) => {
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

  test('refuses an encoded token that its one-time password does not fit, and keeps waiting for a better one', async ({
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    station.officer().startSent();
    const other = parseOtp('Z'.repeat(28));
    await station
      .officer()
      .result.takeEncodedToken(encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), other), '');
    expect(await codeOf(station.officer().token.decode(passphrase))).toMatch(/prefix|alphabet/);
    expect(station.officer().state).toMatchObject({ step: 'decode', token: null });
    expect(station.officer().token.isHeld).toBe(false);
  });

  test('forgets the token when it is locked', async ({ plannedByHand }) => {
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

  test('keeps nothing that is no encoded token, for it may be a secret in the wrong field', async ({
    plannedByHand,
  }) => {
    for (const method of ['pgp', 'otp'] as const) {
      const { station, folder } = await plannedByHand(method);
      if (method === 'pgp') await station.officer().key.makeKey('curve25519');
      else await station.officer().key.makeOtp();
      station.officer().startSent();
      for (const secret of [`hvs.${'A'.repeat(24)}`, 'a7'.repeat(33)]) {
        expect(await codeOf(station.officer().result.takeEncodedToken(secret, ''))).toMatch(
          /^(token|shares)-in-clear$/,
        );
        expect(isWrittenUnder(folder, asciiBytes(secret))).toBe(false);
      }
      expect(station.officer().state.step).toBe('result');
    }
  });

  test('contradicts nothing by itself where everything crossed as plain values', async ({
    newFolder,
    plannedByHand,
  }) => {
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

  test('says on record where a key could not be destroyed, and goes on from there', async ({
    plannedByHand,
  }) => {
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

  test('has nothing compared of a person who is known already as the same, and records that their code came', async ({
    newLaptop,
  }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    const other = await newLaptop('Ada', 'custodian');
    await introduce(other.station, station);
    expect(await station.receiveText(identityText(other.station), 'qr')).toMatchObject({
      text: 'Ada is known here already, and nothing is different.',
    });
    expect(station.person.pending).toBeNull();
    const last = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').at(-1);
    expect(JSON.parse(last ?? '')).toMatchObject({ event: 'message-received', data: { type: 'identity' } });
  });

  test('records by which way a message came: out of a code, or as text', async ({ newLaptop }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    const call = handlers(
      station,
      {
        saveFile: async () => null,
        chooseFile: async () => null,
        chooseFolder: async () => null,
        openedFile: async () => null,
      },
      () => surroundings,
      { print: async () => 'printed', pdf: async () => new Uint8Array() },
      about,
      noPaper,
    );
    for (const [name, carrier] of [
      ['Ada', 'qr'],
      ['Ben', 'paste'],
    ] as const) {
      const other = await newLaptop(name, 'custodian');
      await call['code.receive']({ text: identityText(other.station), carrier });
      await station.person.confirm(true);
      const lines = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
      const received = lines
        .map((line) => JSON.parse(line))
        .filter(({ event }) => event === 'message-received');
      expect(received.at(-1)).toMatchObject({ data: { type: 'identity', carrier } });
    }
  });

  test('drops an identity whose words differ', async ({ newLaptop }) => {
    const { station } = await newLaptop('Olga', 'officer');
    const stranger = await newLaptop('Mallory', 'custodian');
    await station.receiveText(identityText(stranger.station), 'qr');
    await station.person.confirm(false);
    expect(station.state(surroundings).people).toEqual([]);
    expect(station.state(surroundings).pendingPerson).toBeNull();
  });

  test('lets nobody but an officer begin a ceremony', async ({ newLaptop }) => {
    const { station } = await newLaptop('Ada', 'custodian');
    expect(await codeOf(() => station.beginCeremony(false))).toBe('wrong-role');
  });

  test('does nothing while it is locked', async ({ newLaptop }) => {
    const { station } = await newLaptop('Olga', 'officer');
    const text = identityText(station);
    station.lock();
    expect(await codeOf(station.receiveText(text, 'qr'))).toBe('locked');
    expect(await codeOf(() => station.beginCeremony(false))).toBe('locked');
  });

  test.for<[string, string]>([
    ['nothing at all', '   '],
    ['a web address', 'https://example.com'],
    ['a code of another program', 'UR:BYTES/GDSKGYHEAEAECWHEMKCK'],
    ['half a code', 'UR:AIRLOCK/1-3/LPADAXCF'],
  ])('answers %s with a sentence', async ([, text], { newLaptop }) => {
    const { station } = await newLaptop('Ada', 'custodian');
    expect(await codeOf(station.receiveText(text, 'paste'))).toBe('not-understood');
  });

  test('names a start message of one’s own as such', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbox.entries().keys();
    const { text } = station.outbox.file(start ?? '');
    expect(await codeOf(station.receiveText(text, 'paste'))).toBe('own-code');
  });

  test('writes a code that is refused into the journal once, however often a camera sees it', async ({
    plannedByHand,
  }) => {
    const { station, folder, id } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbox.entries().keys();
    const { text } = station.outbox.file(start ?? '');
    for (let frame = 0; frame < 5; frame++) {
      expect(await codeOf(station.receiveText(text, 'qr'))).toBe('own-code');
    }
    const journal = readFileSync(join(folder, 'ceremonies', id, 'journal.jsonl'), 'utf8');
    expect(journal.split('"event":"message-refused"')).toHaveLength(2);
  });

  test('writes a code that is refused while no ceremony is open into the journal of the laptop', async ({
    newLaptop,
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const [, start] = station.outbox.entries().keys();
    const { text } = station.outbox.file(start ?? '');
    const other = await newLaptop('Carol', 'custodian');
    expect(await codeOf(other.station.receiveText(text, 'qr'))).toBe('wrong-direction');
    const refused = readFileSync(join(other.folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').at(-1);
    expect(JSON.parse(refused ?? '')).toMatchObject({
      event: 'message-refused',
      data: { code: 'wrong-direction', type: 'start', digest: start },
    });
  });

  test('is not signed off while the key still lies on the laptop', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    expect(await codeOf(station.transcript.signOff())).toBe('secret-not-destroyed');
    station.officer().destroySecret();
    await station.transcript.signOff();
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga']);
  });

  test("takes a witness's signature over its checkpoint, and none over another", async ({
    newLaptop,
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('pgp');
    const witness = await newLaptop('Wanda', 'witness');
    await introduce(witness.station, station);
    await introduce(station, witness.station);
    await station.officer().key.makeKey('curve25519');
    station.officer().destroySecret();
    const first = await station.transcript.signOff();
    const sign = async (): Promise<string> => {
      const id = [...station.outbox.entries().values()].findIndex(({ title }) => title === 'Checkpoint');
      await witness.station.receiveText(
        station.outbox.file([...station.outbox.entries().keys()][id] ?? '').text,
        'qr',
      );
      const signed = await witness.station.witness.sign();
      return witness.station.outbox.file(toHex(signed.digest)).text;
    };
    const stale = await sign();
    station.transcript.recordException('The lights went out');
    const second = await station.transcript.signOff();
    expect(toHex(second.digest)).not.toBe(toHex(first.digest));
    expect(await codeOf(station.receiveText(stale, 'qr'))).toBe('other-checkpoint');
    // The refusal itself is on the record, so the transcript is closed once more before the witness signs it.
    await station.transcript.signOff();
    await station.receiveText(await sign(), 'qr');
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga', 'Wanda']);
  });

  test('lets a witness take its journal by a code, who keeps it over a lock and archives it', async ({
    newFolder,
    newLaptop,
    plannedByHand,
  }) => {
    const { station, id } = await plannedByHand('pgp');
    const witness = await newLaptop('Wanda', 'witness');
    await introduce(witness.station, station);
    await introduce(station, witness.station);
    await station.officer().key.makeKey('curve25519');
    station.officer().destroySecret();
    expect(await codeOf(station.transcript.showLog())).toBe('not-signed-off');
    await station.transcript.signOff();
    const shown = async (): Promise<string> => {
      await station.transcript.showLog();
      const { log } = station.state(surroundings).ceremony?.checkpoint ?? {};
      return station.outbox.file(log?.id ?? '').text;
    };
    await witness.station.receiveText(await shown(), 'qr');
    const kept = () => witness.station.state(surroundings).logs.map(({ id: of, stations }) => [of, stations]);
    const label = station.identity().station;
    const entry = { label, from: 'Olga', lines: expect.any(Number), signatures: 1 };
    expect(kept()).toEqual([[id, [entry]]]);
    witness.station.lock();
    expect(kept()).toEqual([]);
    await witness.station.unlock(passphrase);
    expect(kept()).toEqual([[id, [entry]]]);

    const [byCode, byFile] = [newFolder(), newFolder()];
    await witness.station.logs.archive(id, byCode);
    await station.archive(byFile);
    const journal = (folder: string): string =>
      readFileSync(
        join(folder, fileNameOf(label, toHex(station.identity().fingerprint)), 'journal.jsonl'),
        'utf8',
      );
    expect(journal(byCode)).toBe(journal(byFile));
    expect(await codeOf(station.receiveText(await shown(), 'qr'))).toBe('own-code');
    // A journal that was changed on the disk is left out, and archiving it says why.
    const [name] = readdirSync(join(witness.folder, 'logs', id));
    writeFileSync(join(witness.folder, 'logs', id, name ?? ''), 'x');
    witness.station.lock();
    await witness.station.unlock(passphrase);
    expect(kept()).toEqual([]);
    expect(await codeOf(witness.station.logs.archive(id, newFolder()))).toBe('home-finding');
  });

  test('prints its report where the person says, of what is known there', async ({
    newFolder,
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    station.officer().destroySecret();
    await station.transcript.signOff();
    const sheets: ReportSheet[] = [];
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
      { print: async () => 'printed', pdf: async () => new Uint8Array() },
      about,
      {
        async pdf(sheet) {
          sheets.push(sheet);
          return asciiBytes('%PDF-');
        },
      },
    );
    expect(await call['ceremony.report']({})).toBeNull();
    expect(sheets).toEqual([]);
    places.file = join(newFolder(), 'report.pdf');
    expect(await call['ceremony.report']({})).toBe(places.file);
    expect(readFileSync(places.file, 'latin1')).toBe('%PDF-');
    const { page, style } = sheets[0] ?? { page: '', style: '' };
    expect(page).toContain('Re-enable OIDC');
    expect(page).toMatch(/Incomplete: \d+ things? missing, and nothing contradicts/);
    // The window that prints it takes no style but this one.
    expect(page).not.toMatch(/<style|style="|<script|<img/);
    expect(style).toContain('@media print');
  });

  test('keeps everyone at their work when one ceremony on the disk is damaged', async ({ plannedByHand }) => {
    const { station, folder, id } = await plannedByHand('pgp');
    station.leave();
    const other = 'ab'.repeat(16);
    mkdirSync(join(folder, 'ceremonies', other), { recursive: true });
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

  test('leaves a signed transcript as it is when a wrong code is shown to it', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const start = [...station.outbox.entries().entries()].find(([, { title }]) => title === 'Start');
    const { text } = station.outbox.file(start?.[0] ?? '');
    station.officer().destroySecret();
    await station.transcript.signOff();
    expect(await codeOf(station.receiveText(text, 'qr'))).toBe('own-code');
    expect(station.state(surroundings).ceremony?.checkpoint?.signers).toEqual(['Olga']);
  });

  test('makes a new start after going back to the plan, and withdraws the first', async ({
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('otp');
    await station.officer().key.makeOtp();
    const first = startOf(station.officer().state);
    station.officer().startSent();
    station.officer().reopenPlan();
    station.officer().plan.agree(station.officer().state.draft);
    await station.officer().key.makeOtp();
    expect(startOf(station.officer().state)).not.toBe(first);
    expect(startOf(station.officer().state)).not.toBeNull();
    const events = station.officer().file.journal.entries();
    expect(events.flatMap((line) => (line.event === 'message-withdrawn' ? [line.data.digest] : []))).toEqual([
      first,
    ]);
  });
});
