import type { EventData } from './event';

// verify.sh makes the same text of the same event (script/plan.jq): whoever changes this changes that.

/** What a witness saw of a station's journal, as the event that keeps it has it. */
export interface Statement extends Omit<EventData<'witnessed'>, 'name' | 'signature' | 'digest'> {
  /** 32 lower-case hex digits. */
  readonly ceremony: string;
  readonly rehearsal: boolean;
}

/** How many deviations a statement holds at most. */
export const MOST_DEVIATIONS = 40;

/**
 * The text that a witness signs in the middle of a ceremony: up to which line they saw whose journal, its
 * head there, when, and what they noted. `gpg --verify` and people read it as it is.
 */
export const statementText = ({
  ceremony,
  station,
  of,
  by,
  lines,
  head,
  seenAt,
  rehearsal,
  deviations,
}: Statement): string =>
  [
    'Airlock witness statement v1',
    `ceremony: ${ceremony}`,
    `station: ${station}`,
    `of: ${of}`,
    `by: ${by}`,
    `lines: ${lines}`,
    `head: ${head}`,
    `seen: ${seenAt}`,
    `rehearsal: ${rehearsal ? 'yes' : 'no'}`,
    `deviations: ${deviations.length}`,
    ...deviations.map(({ at, line, text }) => `  ${at}${line === 0 ? '' : ` line ${line}`}: ${text}`),
    '',
  ].join('\n');
