import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { standardPreferences } from '../../../shared/ipc/preference-choices';
import { Cameras } from '../../desktop/carry';
import { expect, test } from '../../desktop/launch';
import { introduceAll, meetBy, meetTheAbsent, planWith, releaseChecked } from '../../desktop/rounds';
import type { Row } from '../table';
import { tableText } from '../table-text';
import { startOwnServer } from './own-server';
import { type Crossing, Stopwatch } from './stopwatch';

/** Times what its frames need that a message may take. */
const BAR = 1.5;

const out = resolve('test/out/bench-crossing.json');

function rowOf({ message, parts, least, took }: Crossing): Row {
  const ratio = took / least;
  return {
    measured: message,
    against: parts === 1 ? 'one frame' : `${parts} frames`,
    ours: `${ratio.toFixed(2)} × (${(took / 1000).toFixed(2)} s)`,
    theirs: `${(least / 1000).toFixed(2)} s`,
    bar: `≤ ${BAR} ×`,
    met: ratio <= BAR ? 'yes' : 'no',
  };
}

test('each message of a ceremony crosses from window to window', async ({ start }) => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-bench-'));
  const server = await startOwnServer('--shares', '3', '--threshold', '2', '--cluster-name', 'prod-eu');
  const cameras = new Cameras(start);
  const watch = new Stopwatch(cameras, 1000 / standardPreferences.speed);
  const atServer = { program: 'online', env: { VAULT_ADDR: server.address } } as const;
  const officer = await cameras.seat('Olga');
  const ada = await cameras.seat('Ada');
  const cleo = await cameras.seat('Cleo');
  const otto = await cameras.seat('Otto', atServer);
  const oda = await cameras.seat('Oda', atServer);
  await officer.firstStart('Officer');
  for (const custodian of [ada, cleo]) await custodian.firstStart('Custodian');
  for (const operator of [otto, oda]) await operator.firstStart('Operator');
  const everyone = [officer, ada, cleo, otto, oda];
  await meetBy(watch.carry('identity: officer → station'), officer, otto);
  await meetBy(watch.carry('identity: station → officer'), otto, officer);
  await introduceAll(everyone, [[officer, otto]]);
  await meetTheAbsent(folder, [['Ben', 'custodian']], everyone);
  for (const operator of [otto, oda]) {
    await operator.press('Go on');
    await operator.pressAndFollow('Ask the server');
    await operator.sees('Introduce this station');
  }
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  await officer.press('New ceremony');
  await watch.carry('introduction: station → officer')(otto, officer, () =>
    officer.sees('Plan the ceremony'),
  );
  await planWith(officer, 'pgp', ['Ada', 'Ben', 'Cleo', 'Otto', 'Oda']);
  await officer.press('The plan is complete');
  await officer.press(/Make the key/);
  await officer.sees('Carry this to the online station');
  await watch.carry('start: officer → station')(officer, otto, () => otto.sees('Start this attempt?'));
  await otto.press('Start the attempt');
  await otto.sees('Collect the shares of this station');
  await watch.carry('attempt: station → other station')(otto, oda, () => oda.sees('Join this attempt?'));
  await oda.press('Join the attempt');
  await oda.sees('Collect the shares of this station');
  await officer.press('The station has it');
  await officer.sees('Take the attempt');
  await watch.carry('attempt: station → officer')(otto, officer, () => officer.sees('Take the result'));
  await watch.carry('attempt: station → custodian')(otto, ada, () =>
    ada.sees('Is this the ceremony you agreed to?'),
  );
  await releaseChecked(ada, server.shares[0] ?? '');
  await watch.carry('share: custodian → station')(ada, otto, () =>
    expect(otto.page.getByText(/The share of Ada is accepted/)).toBeVisible(),
  );

  // Ben can't give, and Cleo steps in.
  await officer.press(/A custodian can’t give/);
  await officer.press('Let a reserve step in');
  await officer.tick('radio', 'Ben');
  await officer.tick('radio', "Oda's station");
  await officer.page.getByRole('checkbox', { name: /^Should Ben's share reach/ }).check();
  await officer.press('Sign the amendment');
  await officer.sees('Carry this to every station');
  await watch.carry('amendment: officer → station')(officer, oda, () =>
    expect(oda.page.getByText(/amendment is in force/)).toBeVisible(),
  );
  await officer.press('The stations have it');
  await watch.carry('attempt, amended: station → custodian')(oda, cleo, () =>
    cleo.sees('Is this the ceremony you agreed to?'),
  );
  await releaseChecked(cleo, server.shares[2] ?? '');
  await watch.carry('last share: custodian → station')(cleo, oda, () =>
    oda.sees('Show the result to the officer'),
  );
  await watch.carry('result: station → officer')(oda, officer, () => officer.sees('Decode the result'));

  await oda.press('The officer has it');
  await oda.sees('Revoke the token, and prove it');
  await oda.press(/^\d* ?Sign off$/);
  await oda.press('Close and sign');
  await oda.sees('Signed. Let the others sign too');
  await cleo.press(/^\d* ?Sign off$/);
  await cleo.press('Close and sign');
  await cleo.sees('Signed. Let the others sign too');
  await watch.carry('checkpoint: station → witness')(oda, cleo, () =>
    cleo.sees('Sign the transcript of Oda?'),
  );
  await cleo.press('The words match: sign');
  await watch.carry('signature: witness → station')(cleo, oda, () =>
    expect(oda.page.getByText(/Cleo has signed this transcript/)).toBeVisible(),
  );

  cameras.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  const rows = watch.crossings.map(rowOf);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ rows, crossings: watch.crossings }, null, 1)}\n`);
  process.stdout.write(`\n${tableText(rows)}\nEvery number: ${out}\n`);
  expect(rows.filter(({ met }) => met === 'no').map(({ measured }) => measured)).toEqual([]);
});
