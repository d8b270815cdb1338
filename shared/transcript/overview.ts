import { fromHex } from '../bytes';
import { ceremonyWords } from '../words';
import type { TranscriptFolder } from './verdict';
import { type Entry, entriesOf } from './verify/entry';
import { type PlannedPerson, planOf } from './verify/plan';
import { tokensOf } from './verify/revocation';
import { verifyStation } from './verify/station';

/** What a list of ceremonies says of each, by its journals. */
export interface Overview {
  /** Lower-case hex, '' where no line names one. */
  readonly ceremony: string;
  readonly words: string;
  readonly title: string;
  readonly ticket: string;
  /** Earliest and latest time by any station's clock, ISO 8601 UTC; '' where there is no line. */
  readonly from: string;
  readonly to: string;
  readonly server: string;
  /** How many custodians the plan asks for, and how many it names; null without a plan. */
  readonly quorum: { readonly threshold: number; readonly custodians: number } | null;
  readonly people: readonly Pick<PlannedPerson, 'name' | 'role' | 'fingerprint'>[];
  readonly revocation: {
    /** Root tokens that were made, or may have been. */
    readonly tokens: number;
    readonly proved: number;
    readonly proofs: readonly {
      readonly station: string;
      readonly line: number;
      readonly proof: string;
      /** '' where it is not on record. */
      readonly accessor: string;
    }[];
  };
  readonly rehearsal: boolean;
}

/** Gathers it from what can be read of the folder, whatever its verdict. */
export function overviewOf(folder: TranscriptFolder): Overview {
  const entries: Entry[] = folder.stations.flatMap((station) =>
    verifyStation(station).lines.map((line) => ({ station: station.name, line })),
  );
  const plan = planOf(entries);
  const data = plan?.agreed.at(-1)?.line.data;
  const ceremony = entries.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? '';
  const times = entries.map(({ line: { at } }) => ({ at, ms: Date.parse(at) })).sort((a, b) => a.ms - b.ms);
  const { tokens, proofs } = tokensOf(entries);
  return {
    ceremony,
    words: ceremony === '' ? '' : ceremonyWords(fromHex(ceremony)),
    title: data?.title ?? '',
    ticket: data?.ticket ?? '',
    from: times[0]?.at ?? '',
    to: times.at(-1)?.at ?? '',
    server: data?.server ?? '',
    quorum:
      data === undefined
        ? null
        : {
            threshold: data.threshold,
            custodians: data.roster.filter(({ role }) => role === 'custodian').length,
          },
    people: (plan?.people ?? []).map(({ name, role, fingerprint }) => ({ name, role, fingerprint })),
    revocation: {
      tokens,
      proved: proofs,
      proofs: entriesOf(entries, 'token-revoked').map(({ station, line: { n, data: revoked } }) => ({
        station,
        line: n,
        proof: revoked.proof,
        accessor: revoked.accessor ?? '',
      })),
    },
    rehearsal: entries.some(({ line }) => line.rehearsal),
  };
}
