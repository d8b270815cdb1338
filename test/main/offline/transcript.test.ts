import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { OfflinePlayer } from '../../../main/cli/rehearse/cast';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { hexOf, openCeremony, refusal, release, stageTest, take } from './fixtures';

const test = stageTest(3, 3);

/** Every file of a ceremony's folder, with its bytes. */
const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path, readFileSync(path, 'base64')];
      }),
  );

/** Codes of the refusals in the journal of what happens outside of any ceremony. */
const refusedAtHome = ({ station }: OfflinePlayer): string[] =>
  parseJournal(readFileSync(station.person.journal().path, 'utf8')).flatMap(({ line }) =>
    line.event === 'message-refused' ? [line.data.code] : [],
  );

test('what arrives after an officer has signed off is refused, is in the home’s journal, and leaves the ceremony as it was signed', async ({
  stage,
}) => {
  const { server, cast } = stage;
  const { officer, operators, custodians } = cast;
  const [first, second, reserve] = custodians;
  if (first === undefined || second === undefined || reserve === undefined)
    throw new Error('too few custodians');
  const { desk, attempts } = await openCeremony(stage);
  await desk.amendment.amend({
    insteadOf: hexOf(second),
    reserve: hexOf(reserve),
    givesTo: hexOf(operators[1]),
    stated: true,
  });
  const amendment = desk.amendment.outbound?.message;
  if (amendment === undefined) throw new Error('no amendment goes out');
  await operators[0].station.submit(await release(first, attempts[0], server.shares[0] ?? ''));
  const amended = (await operators[1].station.amend(amendment)).message;
  const { result } = await operators[1].station.submit(
    await release(reserve, amended, server.shares[2] ?? ''),
  );
  if (result === null) throw new Error('no result');
  await take(officer, result);
  await desk.token.decode(officer.passphrase);
  desk.token.reportRevoked();
  desk.destroySecret();
  await officer.station.transcript.signOff();
  await first.station.transcript.signOff();

  const introduction = (await operators[0].station.status()).message;
  const late = [
    ['signed-off', attempts[0]],
    ['signed-off', attempts[1]],
    ['signed-off', result],
    ['signed-off', introduction],
    ['own-code', amendment],
  ] as const;
  const folder = join(desk.file.paths.journal, '..');
  const before = filesOf(folder);
  const known = refusedAtHome(officer).length;
  for (const [code, message] of late) expect(await refusal(take(officer, message))).toMatchObject({ code });
  expect(refusedAtHome(officer).slice(known)).toEqual(late.map(([code]) => code));
  expect(filesOf(folder)).toEqual(before);
  expect(officer.station.transcript.checkpoint).not.toBeNull();
  expect(
    await refusal(desk.amendment.amend({ insteadOf: '', reserve: '', givesTo: '', stated: true })),
  ).toMatchObject({ code: 'wrong-step' });

  // The same at a custodian's laptop, also when no ceremony is open there.
  const own = join(first.station.custodian().file.paths.journal, '..');
  const signed = filesOf(own);
  const knownThere = refusedAtHome(first).length;
  expect(await refusal(take(first, attempts[0]))).toMatchObject({ code: 'signed-off' });
  first.station.leave();
  expect(await refusal(take(first, attempts[0]))).toMatchObject({ code: 'signed-off' });
  expect(refusedAtHome(first).slice(knownThere)).toEqual(['signed-off', 'signed-off']);
  expect(filesOf(own)).toEqual(signed);
}, 60_000);
