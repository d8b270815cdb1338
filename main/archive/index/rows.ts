import type { ArchiveError } from '../archive-error';
import type { Derived } from './derived';
import type { Standing } from './standing';
import type { CeremonyRow, FindingRow, PersonRow } from './tables';
import { tokensOf } from './tokens';

/** A ceremony as the index is to have it. */
export interface CeremonyRows {
  readonly ceremony: Omit<CeremonyRow, 'place'>;
  readonly people: readonly Omit<PersonRow, 'place'>[];
  readonly findings: readonly Omit<FindingRow, 'place'>[];
  readonly tokens: readonly string[];
}

/** The rows of what was derived from the evidence, with what the log says. */
export const withStanding = (
  { additions, notes, held, tombstone }: Standing,
  { ceremony, people, findings, tokens }: Derived,
): CeremonyRows => ({
  ceremony: {
    ...ceremony,
    additions: additions.length,
    bytes: additions.reduce((sum, { bytes }) => sum + bytes, 0),
    held,
    tombstone,
  },
  people,
  findings,
  tokens: [...new Set([...tokens, ...tokensOf(...notes)])],
});

/** Of a ceremony whose evidence is gone by law, only that. */
export const tombstoneRows = ({ id, since, held, tombstone }: Standing, words: string): CeremonyRows => ({
  ceremony: {
    id,
    words,
    title: '',
    purpose: '',
    ticket: '',
    server: '',
    namespace: '',
    method: '',
    token_kind: '',
    began: since,
    ended: '',
    verdict: 'incomplete',
    by_people: 0,
    rehearsal: 0,
    tokens: 0,
    revoked: 0,
    token_made: '',
    token_died: '',
    threshold: 0,
    custodians: 0,
    stations: 0,
    lines: 0,
    signatures: 0,
    additions: 0,
    bytes: 0,
    held,
    tombstone,
  },
  people: [],
  findings: [],
  tokens: tokensOf(id, words),
});

/** Of a ceremony whose evidence is damaged or missing, what the log says of it, and what is wrong. */
export function unreadableRows(
  standing: Standing,
  words: string,
  { code, message }: ArchiveError,
): CeremonyRows {
  const { additions, notes } = standing;
  const rows = tombstoneRows(standing, words);
  return {
    ...rows,
    ceremony: {
      ...rows.ceremony,
      verdict: 'broken',
      additions: additions.length,
      bytes: additions.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    findings: [{ position: 0, code, verdict: 'broken', station: '', line: null, message }],
    tokens: [...new Set([...rows.tokens, ...tokensOf(...notes)])],
  };
}

/** How many ceremonies can begin in one millisecond. */
export const WITHIN = 1024;

/** The first place of ceremonies that began then (ISO 8601); those without a time come before all others. */
export const placeAt = (began: string): number => Math.max(0, Date.parse(began) || 0) * WITHIN;

/** Whether a place is one of ceremonies that began then. */
export const isPlaceOf = (place: number, began: string): boolean =>
  place >= placeAt(began) && place < placeAt(began) + WITHIN;
