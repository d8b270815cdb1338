import { type StepIn, sharesOf, stationOf } from '../../shared/ceremony/giving';
import type { ParticipantState } from '../../shared/ceremony/participant';
import type { GiverView } from '../../shared/ipc/online/app-state';
import type { JournalLine } from '../../shared/transcript/event';
import { kindOfException } from '../../shared/transcript/lines-without-kind';

/** What became of a custodian's share here, as the journal tells it. */
interface Fate {
  readonly fate: 'accepted' | 'refused' | 'unknown';
  /** ISO time. */
  readonly at: string;
  readonly why: string;
}

/**
 * Every custodian of a plan: to which station they give, and what became of it. `own`: this operator's
 * fingerprint, hex. `lines`: this station's journal; [] before there is one.
 */
export function givers(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
  own: string,
  lines: readonly JournalLine[],
  nonce: string,
): GiverView[] {
  const fates = fatesOf(lines, nonce);
  const nameOf = (operator: string): string =>
    roster.find(({ fingerprint }) => fingerprint === operator)?.name ?? '';
  return roster
    .filter(({ role }) => role === 'custodian')
    .map((person) => {
      const station = stationOf(roster, steps, person.fingerprint);
      const here = station?.operator === own;
      const known = fates.get(person.fingerprint.toLowerCase());
      return {
        name: person.name,
        givesTo: station === null ? null : nameOf(station.operator),
        here,
        shares: sharesOf(person),
        fate: station === null ? 'reserve' : (known?.fate ?? (here ? 'awaited' : 'elsewhere')),
        at: known?.at ?? '',
        why: known?.why ?? '',
      };
    });
}

/** By custodian's fingerprint, for the attempt of that nonce. */
function fatesOf(lines: readonly JournalLine[], nonce: string): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  let giving = '';
  for (const line of lines) {
    switch (line.event) {
      case 'share-submit-intent':
        giving = line.data.nonce === nonce ? line.data.custodian.toLowerCase() : '';
        if (giving !== '') fates.set(giving, { fate: 'unknown', at: line.at, why: '' });
        break;
      case 'share-submitted':
        if (giving !== '') fates.set(giving, { fate: 'accepted', at: line.at, why: '' });
        break;
      case 'share-rejected':
        // The server threw away every share that it had: all of them are wanted again.
        if (line.data.reset === true) fates.clear();
        if (giving !== '') fates.set(giving, { fate: 'refused', at: line.at, why: line.data.reason });
        break;
      case 'exception':
        if (giving !== '' && kindOfException(line.data) === 'share-unknown')
          fates.set(giving, { fate: 'unknown', at: line.at, why: line.data.text });
        break;
      default:
    }
  }
  return fates;
}
