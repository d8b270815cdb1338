import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { archiveStations } from '../../main/store/archive';
import { openHome } from '../../main/store/home';
import { liveLogMessage } from '../../main/store/log';
import { knownKeys } from '../../main/store/people';
import { signOff } from '../../main/store/sign-off';
import { stationTranscript } from '../../main/store/station-transcript';
import { readTranscriptFolder } from '../../main/store/transcript-folder';
import { fromHex } from '../../shared/bytes';
import { parseCheckpoint } from '../../shared/transcript/checkpoint';
import { nextLine, parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { verifyTranscript } from '../../shared/transcript/verify';
import {
  hexOf,
  introduce,
  openCeremony,
  refusal,
  release,
  type Stage,
  stageTest,
  take,
} from '../main/offline/fixtures';

const test = stageTest(2);

/** The witness and everyone at a laptop know each other. */
async function meetWitness({ cast: { officer, witness, custodians } }: Stage): Promise<void> {
  for (const { station } of [officer, ...custodians]) {
    await introduce(witness.station, station);
    await introduce(station, witness.station);
  }
}

/** The journal without its exceptions, as the one person who can sign it may write it anew. */
function written(journal: Uint8Array): Uint8Array {
  const lines: WrittenLine[] = [];
  for (const { line } of parseJournal(journal))
    if (line.event !== 'exception') lines.push(nextLine(lines.at(-1) ?? null, line, line.event, line.data));
  return new TextEncoder().encode(lines.map(({ text }) => `${text}\n`).join(''));
}

test('a custodian who writes their own journal anew is named by the witness who saw it before, and in the archive by what the officer’s laptop kept of that', async ({
  stage,
}) => {
  const { server, cast } = stage;
  const { officer, witness, operators } = cast;
  await meetWitness(stage);
  const [liar, honest] = cast.custodians;
  if (liar === undefined || honest === undefined) throw new Error('too few custodians');
  const roster = [...operators, ...cast.custodians, witness].map(hexOf);
  const { desk, attempts } = await openCeremony(stage, {
    roster,
    stations: { [hexOf(liar)]: hexOf(operators[0]), [hexOf(honest)]: hexOf(operators[1]) },
  });
  await release(liar, attempts[0], server.shares[0] ?? '');
  liar.station.transcript.recordException('Somebody read my share over my shoulder.');

  const own = await officer.station.transcript.showLive();
  await take(witness, own);
  await take(witness, await liar.station.transcript.showLive());
  const [ceremony] = witness.station.following.view();
  const seen = ceremony?.stations.find(({ from }) => from === liar.name);
  expect(seen?.events.some(({ text, alarm }) => alarm && text.includes('over my shoulder'))).toBe(true);
  witness.station.following.note(desk.state.id, '', 0, 'The door was open for a minute');
  await witness.station.following.sign(desk.state.id, seen?.of ?? '');
  const statement = [...witness.station.outbox.entries().values()].find(
    ({ message }) => message.envelope.type === 'witness',
  )?.message;
  if (statement === undefined) throw new Error('nothing was signed');
  // Signed in the middle, it closes nothing, and what it was signed over can't be closed with.
  expect(await refusal(liar.station.transcript.takeSignature(statement))).toMatchObject({
    code: 'wrong-type',
  });
  expect(await refusal(() => parseCheckpoint(own.envelope.body.checkpoint))).toMatchObject({
    code: 'bad-checkpoint',
  });
  await take(liar, statement);
  await take(officer, statement);
  const kept = desk.file.journal.entries().filter(({ event }) => event === 'witnessed');
  expect(kept).toMatchObject([{ data: { station: 'Custodian 1', name: 'Witness' } }]);

  // The rewritten journal, signed by the only key that can.
  const identity = liar.station.identity();
  const now = new Date();
  const anew = written(readFileSync(liar.home.ceremony(desk.state.id).journal));
  const lie = await liveLogMessage(identity, fromHex(desk.state.id), anew, now);
  expect((await refusal(take(witness, lie))).message).toMatch(
    /neither continues the other: from line \d+ on/,
  );
  const told = witness.station.following.view()[0]?.stations.find(({ from }) => from === liar.name);
  expect(told?.deviations.map(({ text }) => text)).toEqual([
    'The door was open for a minute',
    expect.stringContaining('it was written anew in between'),
  ]);

  // At the end it is signed off as if nothing had been.
  const paths = openHome(mkdtempSync(join(tmpdir(), 'airlock-liar-'))).makeCeremony(desk.state.id);
  writeFileSync(paths.journal, anew);
  await signOff(paths, identity);
  const folder = mkdtempSync(join(tmpdir(), 'airlock-lie-'));
  await archiveStations(folder, [
    stationTranscript('Custodian 1', paths, knownKeys(liar.home)),
    stationTranscript('Officer', officer.home.ceremony(desk.state.id), knownKeys(officer.home)),
  ]);
  // The officer's own isn't closed yet: that something is missing is no matter here.
  const { findings } = await verifyTranscript(readTranscriptFolder(folder));
  expect(
    findings.filter(({ verdict }) => verdict === 'broken').map(({ code, station }) => [code, station]),
  ).toEqual(expect.arrayContaining([['witnessed-differs', 'officer']]));
});
