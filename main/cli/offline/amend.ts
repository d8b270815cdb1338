import type { Command } from 'commander';
import { statementFor } from '../../../shared/ceremony/step-in';
import { digestWords } from '../../../shared/words';
import type { OfficerDesk } from '../../offline/officer/desk';
import { StationError } from '../../station/station-error';
import { CliError } from '../parts/cli-error';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName } from './ceremony-facts';
import { type CodeFlags, handOut, withCode } from './code-out';
import { recordCompared } from './compared';
import { atLaptop, type Laptop, openCeremony, withLaptop } from './laptop';
import { personNamed } from './people-named';

interface AmendFlags extends CodeFlags {
  readonly reserve?: string;
  readonly insteadOf?: string;
  readonly givesTo?: string;
  readonly stateAlone?: boolean;
  readonly words?: string;
}

/** `airlock offline amend`. */
export function defineAmend(command: Command, terminal: Terminal): void {
  withCode(withLaptop(command), 'amendment')
    .option('--reserve <name>', 'who steps in')
    .option('--instead-of <name>', "the custodian who can't give")
    .option('--gives-to <operator>', "whose station takes the reserve's share")
    .option('--state-alone', 'state that one person alone may have a whole quorum by it: an exception')
    .option('--words <words>', "the amendment's words as the operator reads them out, for the record")
    .action((flags: AmendFlags) => atLaptop(terminal, flags, [], (laptop) => amend(laptop, flags)));
}

async function amend(laptop: Laptop, flags: AmendFlags): Promise<void> {
  const { terminal, station } = laptop;
  await openCeremony(laptop, flags);
  const desk = station.officer();
  const step = stepOf(laptop, flags);
  if (step !== null) {
    if (flags.stateAlone && !flags.json) sayAlone(terminal, desk, step);
    await desk.amendment.amend({ ...step, stated: flags.stateAlone === true });
  }
  const { outbound } = desk.amendment;
  if (outbound === null)
    throw new StationError(
      'no-message',
      'This ceremony has no amendment. Make one with --reserve NAME --instead-of NAME --gives-to OPERATOR.',
    );
  await recordCompared(laptop, flags, 'amendment', digestWords(outbound.message.digest));
  const { state } = desk;
  const amendment = 'amendment' in state ? state.amendment : null;
  const roster = 'roster' in state ? state.roster : [];
  const name = (wanted: string): string =>
    roster.find(({ fingerprint }) => fingerprint === wanted)?.name ?? wanted;
  await handOut(terminal, flags, outbound.message, station.identity().station, {
    value: { ...ceremonyJson(state), number: amendment?.number, steps: amendment?.steps },
    rows: [
      ['Ceremony', ceremonyName(state.id, state.draft.rehearsal)],
      ...(amendment?.steps ?? []).map(
        ({ reserve, insteadOf, givesTo }) =>
          [
            'Steps in',
            `${name(reserve)} for ${name(insteadOf)}, gives to ${name(givesTo)}'s station`,
          ] as const,
      ),
    ],
    next: 'Carry it to every station of the plan: airlock online amend',
  });
}

/** The step that the flags name, null where they name none. Throws `CliError` 'usage' on a part of one. */
function stepOf({ home }: Laptop, { reserve, insteadOf, givesTo }: AmendFlags) {
  if (reserve === undefined && insteadOf === undefined && givesTo === undefined) return null;
  if (reserve === undefined || insteadOf === undefined || givesTo === undefined)
    throw new CliError(
      'usage',
      'An amendment names three people: --reserve NAME --instead-of NAME --gives-to OPERATOR.',
    );
  return {
    reserve: personNamed(home, reserve),
    insteadOf: personNamed(home, insteadOf),
    givesTo: personNamed(home, givesTo),
  };
}

/** Says what the officer states by it. Where it isn't stated, the refusal says it. */
function sayAlone(
  terminal: Terminal,
  { state }: OfficerDesk,
  step: NonNullable<ReturnType<typeof stepOf>>,
): void {
  if (!('amendment' in state)) return;
  const { roster, server, amendment } = state;
  const statement = statementFor(
    { roster, steps: amendment?.steps ?? [], threshold: server.threshold },
    step,
  );
  if (statement !== null) terminal.say(`${statement}.\n`);
}
