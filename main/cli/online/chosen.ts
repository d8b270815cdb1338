import { AirlockError } from '../../../shared/airlock-error';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import type { OnlineStation } from '../../online/online-station';
import type { RootRevocation } from '../../online/sweep/root-revocation';
import { type FormatFlags, valueText } from '../parts/format';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/**
 * Revokes root tokens that were chosen from a sweep, one after the other: the one that asks at the last,
 * since nothing can be asked with it then. Each is told of as it is done. At the first that fails it stops,
 * and says which were not touched. Throws what stopped it.
 */
export async function revokeChosen(
  terminal: Terminal,
  flags: FormatFlags,
  station: OnlineStation,
  chosen: readonly string[],
  ceremony: string | undefined,
): Promise<void> {
  const asker = await station.asker();
  const inTurn = [...chosen.filter((each) => each !== asker), ...chosen.filter((each) => each === asker)];
  const done: RootRevocation[] = [];
  for (const accessor of inTurn) {
    try {
      const outcome = await station.revokeRoot(accessor, { ceremony });
      done.push(outcome);
      if (!flags.json) terminal.print(outcomeText(outcome));
    } catch (error) {
      const untouched = inTurn.slice(done.length + 1);
      if (untouched.length > 0) terminal.say(`Not touched: ${untouched.join(', ')}.\n`);
      // With --json the error is an object of its own: what was done before it must not be lost for that.
      if (!flags.json || !(error instanceof AirlockError)) throw error;
      const failed = { accessor, code: error.code, message: error.message };
      terminal.say(`${error.message}\n`);
      terminal.print(valueText(flags, { outcomes: done, failed, untouched }));
      terminal.setExitCode(1);
      return;
    }
  }
  if (flags.json) terminal.print(valueText(flags, { outcomes: done, failed: null, untouched: [] }));
}

function outcomeText(outcome: RootRevocation): string {
  if (outcome.kind === 'gone') {
    return columns([
      ['Gone already', outcome.accessor],
      ['', 'The server doesn’t know it: it ended, or somebody else revoked it. Nothing was done.'],
    ]);
  }
  return columns([
    ['Revoked', outcome.accessor],
    ['Policies', outcome.policies.join(', ')],
    ['Proof', outcome.proof],
    [
      'On record',
      outcome.ceremony === null
        ? 'in the journal of this home'
        : `in “${ceremonyWords(fromHex(outcome.ceremony))}”`,
    ],
  ]);
}
