import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { toHex } from '../../shared/bytes';
import { wireBytes } from '../../shared/message/wire';
import { urText } from '../../shared/qr/ur';
import { beginRehearsal, call } from './bridge';
import { makeHome } from './launch';
import { Person, passphrase } from './person';

/** An officer's window at the start of a ceremony, with a one-time password. */
export async function atOtpStart(first: Page): Promise<Page> {
  const folder = makeHome();
  const now = new Date('2026-03-04T05:06:07Z');
  const berta = await createIdentity(openHome(folder), {
    name: 'Berta',
    role: 'custodian',
    passphrase,
    now,
  });
  rmSync(folder, { recursive: true, force: true });
  const person = new Person('Olga', first);
  await person.firstStart('Officer');
  const { page } = person;
  await call(page, 'code.receive', {
    text: urText(wireBytes(await identityMessage(berta, now))),
    carrier: 'paste',
  });
  await call(page, 'people.confirm', { matches: true });
  await beginRehearsal(page, { threshold: 1, shares: 1 });
  await call(page, 'officer.plan', {
    draft: {
      title: 'Re-enable OIDC',
      purpose: 'The tenant changed',
      ticket: 'CHG-1',
      method: 'otp',
      tokenKind: 'root',
      tasks: [],
      tokenMinutes: 60,
      taskInHand: null,
      roster: [toHex(berta.fingerprint)],
      stations: {},
      shares: {},
      // The server needs one share only.
      quorumAtOneStation: true,
      sameStationAllowed: true,
      rehearsal: true,
    },
  });
  await call(page, 'officer.make-otp', {});
  await person.sees('Carry this to the online station');
  return page;
}
