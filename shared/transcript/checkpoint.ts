import { TranscriptError } from './transcript-error';

/** The head of one station's journal, after its last line. */
export interface Checkpoint {
  /** Lower-case hex of the ceremony's id, or ''. */
  readonly ceremony: string;
  /** The station's label, as on its lines. */
  readonly station: string;
  readonly lines: number;
  /** Lower-case hex SHA-256 of the last line without its newline. */
  readonly head: string;
  /** Lower-case hex SHA-256 of the whole journal file. */
  readonly fileSha256: string;
  readonly rehearsal: boolean;
  /**
   * What the journal tells (`summaryOf`), so that whoever signs it reads what they sign. Null in the form of
   * version 0.1.0, which has none.
   */
  readonly summary: readonly string[] | null;
}

const FORM =
  /^Airlock checkpoint (?<version>v1|v2)\nceremony: (?<ceremony>[0-9a-f]{32}|none)\nstation: (?<station>[^\n]{1,60})\nlines: (?<lines>[1-9][0-9]{0,6})\nhead: (?<head>[0-9a-f]{64})\nsha256: (?<fileSha256>[0-9a-f]{64})\nrehearsal: (?<rehearsal>yes|no)\n(?:events:\n(?<summary>(?: {2}[^\n]{1,200}\n){1,60}))?$/;

/** The groups of `FORM`. */
interface Fields {
  readonly version: 'v1' | 'v2';
  readonly ceremony: string;
  readonly station: string;
  readonly lines: string;
  readonly head: string;
  readonly fileSha256: string;
  readonly rehearsal: 'yes' | 'no';
  readonly summary?: string;
}

/**
 * The text that participants sign, to be written to `checkpoint.txt` exactly as it is. Plain enough to be
 * read aloud and compared. Throws `TranscriptError` 'bad-checkpoint' where it would not be read back.
 */
export function checkpointText(checkpoint: Checkpoint): string {
  const text = writtenCheckpoint(checkpoint);
  parseCheckpoint(text);
  return text;
}

/** The same text of anything, whether or not it would be read back. */
export function writtenCheckpoint({
  ceremony,
  station,
  lines,
  head,
  fileSha256,
  rehearsal,
  summary,
}: Checkpoint): string {
  return [
    `Airlock checkpoint ${summary === null ? 'v1' : 'v2'}`,
    `ceremony: ${ceremony.toLowerCase() || 'none'}`,
    `station: ${station}`,
    `lines: ${lines}`,
    `head: ${head}`,
    `sha256: ${fileSha256}`,
    `rehearsal: ${rehearsal ? 'yes' : 'no'}`,
    ...(summary === null ? [] : ['events:', ...summary.map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

/** What the text says. Throws `TranscriptError` 'bad-checkpoint' on any other form. */
export function parseCheckpoint(text: string): Checkpoint {
  const fields = FORM.exec(text)?.groups as Fields | undefined;
  const summary = fields?.summary?.split('\n').slice(0, -1) ?? null;
  if (fields === undefined || (fields.version === 'v2') !== (summary !== null))
    throw new TranscriptError(
      'bad-checkpoint',
      'This is not a checkpoint in the form that Airlock writes: it was changed, or it is another file.',
    );
  const { ceremony, station, lines, head, fileSha256, rehearsal } = fields;
  return {
    ceremony: ceremony === 'none' ? '' : ceremony,
    station,
    lines: Number(lines),
    head,
    fileSha256,
    rehearsal: rehearsal === 'yes',
    summary: summary?.map((line) => line.slice(2)) ?? null,
  };
}
