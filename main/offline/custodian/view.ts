import { equalBytes, fromHex, toHex } from '../../../shared/bytes';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { fateNames } from '../../../shared/task/fate-names';
import { tasksBefore } from '../../../shared/task/plan-tasks';
import { shownTasks } from '../../../shared/task/shown-task';
import { digestWords, nonceWords } from '../../../shared/words';
import type { CeremonySurroundings } from '../../station/state-view';
import { grouped, outgoingView, personView } from '../../station/view';
import { commonView } from '../ceremony-view';
import type { CustodianDesk } from './desk';

/** What the window shows of a custodian's ceremony. No share is in it. */
export function custodianView(desk: CustodianDesk, station: CeremonySurroundings): CustodianView {
  const { state, outbound } = desk;
  const { attempt } = state;
  const officer = station.people.find((person) => toHex(person.fingerprint) === state.officer);
  const taken = {
    ...commonView(desk, station),
    role: 'custodian' as const,
    title: state.title,
    rehearsal: state.rehearsal,
    askedBy: personView(
      officer ?? {
        name: 'Someone no longer known here',
        role: 'officer',
        fingerprint: fromHex(state.officer),
      },
    ),
    purpose: state.purpose,
    ticket: state.ticket,
    tasks: shownTasks(state.tasks, state.roster, state.tokenKind),
    tokenMinutes: state.tokenMinutes,
    method: state.method,
    tokenKind: state.tokenKind,
    server: {
      ...state.server,
      threshold: state.threshold,
      shares: 0,
      otpLength: 0,
      station: attempt.station,
      words: null,
    },
    station: attempt.station,
    nonce: attempt.nonce,
    attemptWords: nonceWords(attempt.nonce),
    startWords: digestWords(fromHex(state.start)),
    required: attempt.required,
    progress: attempt.progress,
    resultKey: attempt.pgpFingerprint === '' ? null : grouped(attempt.pgpFingerprint),
    checks: state.checks,
    outgoing: outbound && outgoingView(outbound),
    shareStands: desk.shareStands,
    outcome: outcomeView(desk, station),
  };
  return state.step === 'release'
    ? { ...taken, step: state.step, share: state.share }
    : { ...taken, step: state.step };
}

/** What a custodian reads before signing off. */
function outcomeView(
  { outcome, state, hasBrought }: CustodianDesk,
  { people }: CeremonySurroundings,
): CustodianView['outcome'] {
  if (outcome === null) return null;
  const { from, body } = outcome.envelope;
  const { label, proof, tasks } = body;
  const operator = people.find(({ fingerprint }) => equalBytes(fingerprint, from));
  const words = shownTasks(tasksBefore(state.tasks), state.roster, state.tokenKind);
  return {
    station: label,
    operator: operator?.name ?? 'Someone no longer known here',
    vouched: body.handoff !== undefined,
    proof,
    brought: hasBrought ? toHex(outcome.digest) : null,
    tasks: tasks.map(({ fate }, i) => `${words[i]?.title ?? `Task ${i + 1}`}: ${fateNames[fate]}`),
  };
}
