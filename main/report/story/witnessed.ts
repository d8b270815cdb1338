import type { EventData } from '../../../shared/transcript/event';
import type { Finding } from '../../../shared/transcript/verdict';
import type { Lane } from './lanes';

/** What a witness saw of one station in the middle of the ceremony. */
export interface WitnessedRow
  extends Pick<EventData<'witnessed'>, 'name' | 'station' | 'lines' | 'seenAt' | 'deviations'> {
  /** Labels of the stations in whose journals that stands. */
  readonly keptBy: readonly string[];
  /** What verification found wrong with it. */
  readonly wrong: readonly string[];
}

/** Statements of witnesses by the time that they saw it, each once, however many stations kept it. */
export function witnessedRows(lanes: readonly Lane[], findings: readonly Finding[]): WitnessedRow[] {
  const rows = new Map<string, WitnessedRow>();
  for (const { folder, label, lines } of lanes) {
    for (const { n, event, data } of lines) {
      if (event !== 'witnessed') continue;
      // What two journals say of it may differ: each is shown then.
      const { name: _, ...said } = data;
      const key = JSON.stringify(said);
      const before = rows.get(key);
      const wrong = findings
        .filter(({ station, line }) => station === folder && line === n)
        .map(({ message }) => message);
      rows.set(key, {
        ...data,
        keptBy: [...new Set([...(before?.keptBy ?? []), label])],
        wrong: [...new Set([...(before?.wrong ?? []), ...wrong])],
      });
    }
  }
  return [...rows.values()].sort((a, b) => (a.seenAt < b.seenAt ? -1 : a.seenAt > b.seenAt ? 1 : 0));
}
