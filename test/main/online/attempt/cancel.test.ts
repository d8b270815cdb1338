import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { loadAttempt, saveAttempt } from '../../../../main/online/attempt/state';
import { toHex } from '../../../../shared/bytes';
import { test } from '../fixtures';
import { eventsOf, journalOf, random } from '../stage';

test('an attempt is cancelled only when it is the one that was named, and its sealing key goes with it', async ({
  operator,
  other,
  started: { start, attempt },
}) => {
  await expect(other.station.cancel({ nonce: 'another' })).rejects.toMatchObject({ code: 'attempt-changed' });
  expect((await operator.station.facts()).attempt.open).toBe(true);
  expect(await operator.station.cancel()).toEqual({ nonce: attempt.nonce });
  expect((await operator.station.facts()).attempt.open).toBe(false);
  expect(existsSync(operator.home.ceremony(attempt.ceremony).secret)).toBe(false);
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'no-attempt' });
  await expect(operator.station.start(start)).rejects.toMatchObject({ code: 'no-attempt' });
});

test('an attempt that is open still after the server took the cancel is not said to be cancelled', async ({
  proxy,
  stage,
  operator,
  started: _,
}) => {
  proxy.intercept = ({ request, response }) => {
    if (request.method !== 'DELETE') return false;
    response.writeHead(204).end();
    return true;
  };
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'not-cancelled' });
  const events = eventsOf(journalOf(stage, operator));
  expect(events).toContain('cancel-intent');
  expect(events).not.toContain('attempt-cancelled');
});

test('where several ceremonies are open, one has to be named', async ({
  operator: { station, home },
  started: { attempt },
}) => {
  const state = loadAttempt(home, attempt.ceremony);
  if (state?.step !== 'open') throw new Error('no open attempt');
  const other = toHex(random(16));
  home.makeCeremony(other);
  saveAttempt(home, { ...state, id: other, nonce: 'n-2' });
  await expect(station.cancel()).rejects.toMatchObject({ code: 'several-ceremonies' });
  await expect(station.cancel({ ceremony: attempt.ceremony })).resolves.toEqual({ nonce: attempt.nonce });
});
