import { expect, vi } from 'vitest';
import { toBase64 } from '../../../../shared/bytes';
import { signDetached } from '../../../../shared/openpgp/signature';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { statementText } from '../../../../shared/transcript/statement';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import {
  archiveOf,
  CEREMONY,
  digestOf,
  journalOf,
  type Person,
  type Plan,
  personNamed,
  sent,
} from '../archive';
import { test } from './shell-runs';

vi.setConfig({ testTimeout: 120_000 });

type Witnessed = Extract<JournalEvent, { readonly event: 'witnessed' }>;

const AT = '2026-05-01T09:00:30.000Z';

/** What a witness signs of the first `lines` lines of a station. `as`: what the journal then says of it. */
async function witnessed(
  plan: Plan,
  lines: number,
  by: Person,
  as: Partial<Witnessed['data']> = {},
): Promise<JournalEvent> {
  const signed = {
    by: by.fingerprint,
    station: plan.station,
    of: plan.who.fingerprint,
    lines,
    head: journalOf(plan)[lines - 1]?.hash ?? '',
    seenAt: AT,
    deviations: [
      { at: AT, line: 2, text: 'The bag “Nº 7” had no seal' },
      { at: AT, line: 0, text: 'A break' },
    ],
  };
  const text = statementText({ ...signed, ceremony: CEREMONY, rehearsal: false });
  const signature = toBase64(await signDetached(new TextEncoder().encode(text), by.pair.privateKey));
  const data = { ...signed, name: by.name, signature, digest: digestOf('statement'), ...as };
  return { event: 'witnessed', data };
}

test('the archive says who witnessed what, and both checks name what was written anew or not signed so', async ({
  ceremony,
  runs,
}) => {
  const [officer, online, carol, dave] = ceremony.plans;
  const [wanda, zoe] = [await personNamed('wanda'), await personNamed('dave')];
  const shown = {
    ...online,
    events: [...online.events.slice(0, 6), sent('log', 'log'), ...online.events.slice(6)],
  };
  const folder = (...events: readonly JournalEvent[]): Promise<TranscriptFolder> =>
    archiveOf([{ ...officer, events: [...officer.events, ...events] }, shown, carol, dave]);
  const honest = await witnessed(shown, 6, wanda);
  const rewritten = {
    ...shown,
    events: shown.events.map((each, i) => (i === 1 ? sent('station', 'another station') : each)),
  };
  const short = { ...shown, events: shown.events.slice(0, 6) };
  const folders = [
    ['kept by another station', await folder(honest)],
    [
      'kept by the station itself',
      await archiveOf([officer, { ...shown, events: [...shown.events, honest] }, carol, dave]),
    ],
    ['written anew', await folder(await witnessed(rewritten, 6, wanda))],
    // The line that says that it was shown would come after.
    [
      'cut off there',
      await archiveOf([{ ...officer, events: [...officer.events, honest] }, short, carol, dave]),
    ],
    ['of a head that is none', await folder(await witnessed(shown, 6, wanda, { head: digestOf('x') }))],
    ['of fewer deviations', await folder(await witnessed(shown, 6, wanda, { deviations: [] }))],
    [
      'at another time',
      await folder(await witnessed(shown, 6, wanda, { seenAt: '2026-05-01T08:00:00.000Z' })),
    ],
    ['with garbage for a signature', await folder(await witnessed(shown, 6, wanda, { signature: 'x y' }))],
    ['by a custodian', await folder(await witnessed(shown, 6, zoe))],
    [
      'of a station that is not here',
      await folder(await witnessed({ ...shown, who: await personNamed('eve') }, 6, wanda)),
    ],
  ] as const;
  const named = new Map(await runs.agreed(folders));
  const codes = (name: (typeof folders)[number][0]) =>
    named.get(name)?.named.map((found) => found.split(' ')[1]);
  expect(named.get('kept by another station')).toMatchObject({ code: 0 });
  expect(named.get('kept by the station itself')).toMatchObject({ code: 0 });
  const note = named
    .get('kept by another station')
    ?.lines.find((line) => line.includes('witnessed the first'));
  expect(note).toContain(
    `wanda witnessed the first 6 lines of online at ${AT}, and noted: The bag “Nº 7” had no seal; A break`,
  );
  expect(codes('written anew')).toEqual(['witnessed-differs']);
  expect(codes('cut off there')).toContain('witnessed-differs');
  expect(codes('of a head that is none')?.sort()).toEqual(['bad-statement', 'witnessed-differs']);
  expect(codes('of fewer deviations')).toEqual(['bad-statement']);
  expect(codes('at another time')).toEqual(['bad-statement']);
  expect(codes('with garbage for a signature')).toEqual(['bad-statement']);
  expect(codes('by a custodian')).toEqual(['not-witness']);
  expect(codes('of a station that is not here')).toEqual(['witnessed-missing']);
});
