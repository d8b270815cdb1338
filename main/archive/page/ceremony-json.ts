import type { PageCeremony, PageDetail, PageJournals } from '../../../shared/archive/page';
import { readableLines } from '../../../shared/transcript/readable-lines';
import { lanesOf } from '../../report/story/lanes';
import { causalOrder } from '../../report/story/order';
import { isAlarm, sentenceOf } from '../../report/words';
import type { CeremonyDetail } from '../ceremony';
import type { EvidenceFile } from '../evidence/bundle';
import { transcriptOf } from '../evidence/folder-in-memory';
import type { CeremonyRow } from '../index/tables';

/** A ceremony as the page has it. */
export const pageCeremony = (row: CeremonyRow): PageCeremony => ({
  id: row.id,
  words: row.words,
  title: row.title,
  ticket: row.ticket,
  server: row.server,
  tokenKind: row.token_kind,
  from: row.began,
  to: row.ended,
  verdict: row.additions === 0 && row.tombstone !== null ? null : row.verdict,
  by: row.by_people ? 'people' : 'folder',
  rehearsal: row.rehearsal === 1,
  tokens: row.tokens,
  revoked: row.revoked,
  held: row.held === 1,
});

/** What index and log say of it. */
export const pageDetail = ({
  ceremony,
  people,
  findings,
  additions,
  entries,
}: CeremonyDetail): PageDetail => ({
  ceremony: pageCeremony(ceremony),
  purpose: ceremony.purpose,
  method: ceremony.method,
  namespace: ceremony.namespace,
  threshold: ceremony.threshold,
  custodians: ceremony.custodians,
  people: people.map(({ took_part, held_token, handed_token, told_end, ...person }) => ({
    ...person,
    tookPart: took_part === 1,
    heldToken: held_token === 1,
    handedToken: handed_token === 1,
    toldEnd: told_end === 1,
  })),
  findings,
  folders: additions.map(({ n, at, files, verdict, folder }) => ({ n, at, files, verdict, folder })),
  entries: entries.map(({ n, at, event, text }) => ({ n, at, event, text })),
});

/** Every journal line of its files, and the names of its pictures. */
export function pageJournals(files: readonly EvidenceFile[]): PageJournals {
  const lanes = lanesOf(
    transcriptOf(files).stations.map(({ name, journal }) => ({
      folder: name,
      lines: readableLines(journal),
      signers: [],
      checkpointWords: '',
      journalSha256: '',
    })),
  );
  return {
    lines: causalOrder(lanes.map(({ lines }) => lines)).map(({ lane, line }) => ({
      station: lanes[lane]?.folder ?? '',
      n: line.n,
      at: line.at,
      event: line.event,
      text: sentenceOf(line),
      alarm: isAlarm(line),
    })),
    pictures: files
      .map(({ path }) => path)
      .filter((path) => isPicture(path))
      .sort(new Intl.Collator('en', { numeric: true }).compare),
  };
}

/** Whether a file of the evidence is the picture of a code. */
export const isPicture = (path: string): boolean => /^qr\/[^/]+\.png$/.test(path);
