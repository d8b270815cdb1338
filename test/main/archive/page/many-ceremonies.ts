import { openArchive } from '../../../../main/archive/archive';
import { putCeremony } from '../../../../main/archive/index/ceremony';
import type { CeremonyRow, FindingRow } from '../../../../main/archive/index/tables';
import { soughtName, tokensOf } from '../../../../main/archive/index/tokens';
import { writing } from '../../../../main/archive/log/writing';
import { fromHex, toHex } from '../../../../shared/bytes';
import { makeKeyPair } from '../../../../shared/openpgp/key-pair';
import { ceremonyWords } from '../../../../shared/words';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2024-01-01T09:00:00Z');

export const idOf = (i: number): string =>
  toHex(
    Uint8Array.from({ length: 16 }, (_, at) => (at < 4 ? (i >> (8 * (3 - at))) & 255 : (i * 7 + at) & 255)),
  );

const rowOf = (i: number): Omit<CeremonyRow, 'place'> => ({
  id: idOf(i),
  words: ceremonyWords(fromHex(idOf(i))),
  title: `Quarterly ${i}`,
  purpose: 'Practice',
  ticket: `CHG-${i}`,
  server: 'https://vault.example:8200',
  namespace: '',
  method: 'pgp',
  token_kind: 'root',
  began: new Date(FIRST + i * DAY_MS).toISOString(),
  ended: new Date(FIRST + i * DAY_MS + 3_600_000).toISOString(),
  verdict: i % 100 === 7 ? 'incomplete' : i % 250 === 9 ? 'broken' : 'proven',
  by_people: 0,
  rehearsal: i % 4 === 0 ? 1 : 0,
  tokens: 1,
  revoked: i % 100 === 7 ? 0 : 1,
  token_made: new Date(FIRST + i * DAY_MS).toISOString(),
  token_died: i % 100 === 7 ? '' : new Date(FIRST + i * DAY_MS + 540_000).toISOString(),
  threshold: 2,
  custodians: 3,
  stations: 4,
  lines: 60,
  signatures: 8,
  additions: 1,
  bytes: 1000,
  held: 0,
  tombstone: null,
});

const missing: Omit<FindingRow, 'place'> = {
  position: 0,
  code: 'not-revoked',
  verdict: 'incomplete',
  station: 'online',
  line: 9,
  message: 'A root token was made, and no journal here has the proof that it was revoked.',
};

/**
 * An archive at that address whose index has `count` ceremonies, one a day from 2024 on, without their
 * evidence: for what is asked of the index alone. Every fourth is a rehearsal; of those whose number ends in
 * 07 the root token isn't proven revoked; Cy never rehearses.
 */
export async function manyCeremonies(address: string, count: number): Promise<string> {
  const pair = await makeKeyPair({ name: 'Arno', algorithm: 'curve25519', now: new Date(), use: 'sign' });
  const place = await openArchive(address, 'make');
  try {
    await writing(
      place,
      { name: 'Arno', role: 'archivist', ...pair },
      () => new Date(),
      async ({ index }) => {
        for (let i = 0; i < count; i++) {
          const ceremony = rowOf(i);
          const names = ceremony.rehearsal ? ['Ada', 'Ben'] : ['Ada', 'Ben', 'Cy'];
          await putCeremony(index, place.engine, {
            ceremony,
            people: names.map((name) => ({
              fingerprint: name.toUpperCase().padEnd(40, '0'),
              name,
              sought: soughtName(name),
              role: 'custodian',
              took_part: 1,
              witnessed: 0,
              held_token: name === 'Ada' ? 1 : 0,
              handed_token: 0,
              told_end: name === 'Ben' && ceremony.revoked > 0 ? 1 : 0,
            })),
            findings: ceremony.revoked === 0 ? [missing] : [],
            tokens: tokensOf(ceremony.words, ceremony.title, ceremony.ticket),
          });
        }
      },
    );
  } finally {
    await place.close();
  }
  return address;
}
