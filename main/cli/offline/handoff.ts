import type { Command } from 'commander';
import { tasksBefore } from '../../../shared/task/plan-tasks';
import { shownTasks } from '../../../shared/task/shown-task';
import { StationError } from '../../station/station-error';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName } from './ceremony-facts';
import { type CodeFlags, handOut, withCode } from './code-out';
import { atLaptop, type Laptop, openCeremony, withLaptop } from './laptop';
import { tokenFacts, tokenRows } from './token-facts';

/** `airlock offline handoff`. */
export function defineHandoff(command: Command, terminal: Terminal): void {
  withCode(withLaptop(command), 'handoff').action((flags: CodeFlags) =>
    atLaptop(terminal, flags, [], (laptop) => handoff(laptop, flags)),
  );
}

async function handoff(laptop: Laptop, flags: CodeFlags): Promise<void> {
  const { terminal, station, passphrase } = laptop;
  await openCeremony(laptop, flags);
  const desk = station.officer();
  // One that was made already is handed out again, and needs no token.
  if (desk.handoff.outbound === null && 'result' in desk.state) {
    await desk.token.decode(passphrase);
    try {
      await desk.handoff.handOver();
    } finally {
      desk.token.forget();
    }
  }
  const { state } = desk;
  const { outbound } = desk.handoff;
  if (outbound === null || !('roster' in state)) {
    throw new StationError(
      'no-message',
      'result' in state
        ? 'The token has come to its end already: there is nothing to hand over.'
        : 'No result was taken in here yet. Take it first: airlock offline result --message FILE',
    );
  }
  const made = tokenFacts(state)?.handoff ?? null;
  const tasks = shownTasks(tasksBefore(state.draft.tasks), state.roster, state.draft.tokenKind);
  await handOut(terminal, flags, outbound.message, station.identity().station, {
    value: { ...ceremonyJson(state), station: made?.station ?? null, operator: desk.handoff.operator },
    rows: [
      ['Ceremony', ceremonyName(state.id, state.draft.rehearsal)],
      ['Sealed to', made === null ? undefined : `${desk.handoff.operator} · ${made.station}`],
      ...tokenRows(state),
      ...tasks.map(({ title }, i) => [i === 0 ? 'Used for' : '', `${i + 1}. ${title}`] as const),
    ],
    next: 'Carry it to that station: airlock online handoff. What became of the token comes back: airlock offline outcome',
  });
}
