import { type ElectronApplication, expect, type Page } from '@playwright/test';
import type { Args, Channel } from '../../shared/ipc/offline/channels';
import { passphrase } from './person';

/** Does through the bridge what a person would do by hand, to come to the screen that a test is about. */
export async function call<C extends Channel>(page: Page, channel: C, args: Args<C>): Promise<void> {
  const answer = await page.evaluate(([name, given]) => window.airlock.call(name as never, given as never), [
    channel,
    args,
  ] as const);
  expect(answer).toMatchObject({ ok: true });
}

/** An officer who has unlocked a laptop of their own, in the window that follows the first. */
export async function officerAt(app: ElectronApplication, first: Page): Promise<Page> {
  const fresh = app.waitForEvent('window');
  await call(first, 'identity.create', {
    name: 'Olga',
    role: 'officer',
    station: '',
    passphrase: new TextEncoder().encode(passphrase),
  });
  const page = await fresh;
  await page.waitForLoadState('load');
  return page;
}

/** A rehearsal is begun, on a server whose facts were typed in. */
export async function beginRehearsal(
  page: Page,
  quorum: { threshold: number; shares: number },
): Promise<void> {
  await call(page, 'officer.new', { rehearsal: true });
  await call(page, 'officer.server-by-hand', {
    address: 'https://vault.example:8200',
    otpLength: 28,
    ...quorum,
  });
}
