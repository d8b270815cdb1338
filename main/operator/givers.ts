import { type StepIn, sharesOf, stationOf } from '../../shared/ceremony/giving';
import type { ParticipantState } from '../../shared/ceremony/participant';
import type { GiverView } from '../../shared/ipc/online/app-state';
import type { JournalLine } from '../../shared/transcript/event';
import { kindOfException } from '../../shared/transcript/lines-without-kind';

/** What became of a custodian's shares here, as the journal tells it. */
interface Fate {
  /** Of the one that they gave last. */
  readonly fate: 'accepted' | 'refused' | 'unknown';
  /** How many count on the server by now. */
  readonly accepted: number;
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
      const shares = sharesOf(person);
      const accepted = known?.accepted ?? 0;
      // Whoever holds several is awaited until all of them are in.
      const fate = known?.fate === 'accepted' && accepted < shares ? 'awaited' : known?.fate;
      return {
        name: person.name,
        givesTo: station === null ? null : nameOf(station.operator),
        here,
        shares,
        accepted,
        fate: station === null ? 'reserve' : (fate ?? (here ? 'awaited' : 'elsewhere')),
        at: known?.at ?? '',
        why: known?.why ?? '',
      };
    });
}

/** By custodian's fingerprint, for the attempt of that nonce. */
function fatesOf(lines: readonly JournalLine[], nonce: string): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  let giving = '';
  const become = (fate: Fate['fate'], at: string, why = '', more = 0): void => {
    if (giving === '') return;
    fates.set(giving, { fate, at, why, accepted: (fates.get(giving)?.accepted ?? 0) + more });
  };
  for (const line of lines) {
    switch (line.event) {
      case 'share-submit-intent':
        giving = line.data.nonce === nonce ? line.data.custodian.toLowerCase() : '';
        become('unknown', line.at);
        break;
      case 'share-submitted':
        become('accepted', line.at, '', 1);
        break;
      case 'share-rejected':
        // The server threw away every share that it had: all of them are wanted again.
        if (line.data.reset === true) fates.clear();
        become('refused', line.at, line.data.reason);
        break;
      case 'exception':
        if (kindOfException(line.data) === 'share-unknown') become('unknown', line.at, line.data.text);
        break;
      default:
    }
  }
  return fates;
}
