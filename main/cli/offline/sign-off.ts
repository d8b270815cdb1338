import type { Command } from 'commander';
import type { SignedMessage } from '../../../shared/message/wire';
import { digestWords } from '../../../shared/words';
import { SignOffError } from '../../store/sign-off';
import { askYes } from '../parts/asked';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson } from './ceremony-facts';
import { type CodeFlags, handOut, withCode } from './code-out';
import { atLaptop, type Laptop, openCeremony, withLaptop } from './laptop';

interface SignOffFlags extends CodeFlags {
  readonly exception?: string[];
  readonly again?: boolean;
}

/** `airlock offline sign-off`. */
export function defineSignOff(command: Command, terminal: Terminal): void {
  withCode(withLaptop(command), 'checkpoint')
    .option('--exception <text...>', 'what did not go as planned, for the record')
    .option('--again', 'sign off anew where lines were added, although others signed the earlier checkpoint')
    .action((flags: SignOffFlags) => atLaptop(terminal, flags, [], (laptop) => close(laptop, flags)));
}

async function close(laptop: Laptop, flags: SignOffFlags): Promise<void> {
  const { terminal, station } = laptop;
  await openCeremony(laptop, flags);
  for (const text of flags.exception ?? []) station.transcript.recordException(text);
  const message = await signed(laptop, flags);
  const { checkpoint } = station.transcript;
  const state = deskState(laptop);
  if (checkpoint !== null && !flags.json) terminal.print(`${checkpoint.text.trimEnd()}\n\n`);
  await handOut(terminal, flags, message, station.identity().station, {
    value: {
      ...ceremonyJson(state),
      checkpoint: checkpoint === null ? null : digestWords(checkpoint.digest),
    },
    rows: [['Words', checkpoint === null ? undefined : digestWords(checkpoint.digest)]],
    next: 'The transcript is closed. Have others sign it (airlock transcript sign), then archive it (airlock transcript archive).',
  });
}

/** Where others' signatures would become void, it is asked for anew. */
async function signed(
  { terminal, station }: Laptop,
  { again = false }: SignOffFlags,
): Promise<SignedMessage<'checkpoint'>> {
  try {
    return await station.transcript.signOff(again);
  } catch (error) {
    if (!(error instanceof SignOffError)) throw error;
    await askYes(terminal, `${error.message} Sign off anew?`, '--again');
    return station.transcript.signOff(true);
  }
}

const deskState = ({ station }: Laptop) =>
  station.identity().role === 'officer' ? station.officer().state : station.custodian().state;
