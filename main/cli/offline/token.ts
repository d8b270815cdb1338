import type { Command } from 'commander';
import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import { tokenKindWords } from '../../../shared/token/token-kind';
import type { OfficerDesk } from '../../offline/officer/desk';
import { askYes } from '../parts/asked';
import { CliError } from '../parts/cli-error';
import { holdOnScreen, refuseWithoutScreen } from '../parts/held-secret';
import { refuseExisting, writeNewFiles } from '../parts/new-files';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName } from './ceremony-facts';
import { answer, type Rows } from './code-out';
import { atLaptop, type Laptop, type LaptopFlags, openCeremony, withLaptop } from './laptop';
import { tokenFacts, tokenRows } from './token-facts';

interface TokenFlags extends LaptopFlags {
  readonly reveal?: boolean;
  readonly out?: string;
  readonly revoked?: boolean;
  readonly destroy?: boolean;
  readonly yes?: boolean;
}

/** `airlock offline token`. */
export function defineToken(command: Command, terminal: Terminal): void {
  withLaptop(command)
    .option('--reveal', 'show the token on this terminal until a key is pressed')
    .option('--out <file>', 'write the token there instead, for its owner only: a secret')
    .option('--revoked', 'the operator says that the token is revoked, deleted, or has ended')
    .option('--destroy', "overwrite and delete the ceremony's key or one-time password")
    .option('--yes', 'destroy it without being asked')
    .action((flags: TokenFlags) => atLaptop(terminal, flags, [], (laptop) => token(laptop, flags)));
}

async function token(laptop: Laptop, flags: TokenFlags): Promise<void> {
  const { terminal, station, passphrase } = laptop;
  if (flags.reveal && flags.out !== undefined)
    throw new CliError('usage', 'The token goes to one place: --reveal on the screen, or --out FILE.');
  if (flags.reveal) refuseWithoutScreen(process);
  if (flags.out !== undefined) refuseExisting([flags.out]);
  await openCeremony(laptop, flags);
  const desk = station.officer();
  if (flags.reveal || flags.out !== undefined) {
    await desk.token.decode(passphrase);
    try {
      // That it is shown is on record before anybody sees it.
      const text = desk.token.reveal();
      if (flags.out === undefined) await holdOnScreen(text, process);
      else writeNewFiles([[flags.out, `${text}\n`]]);
    } finally {
      desk.token.forget();
    }
  }
  if (flags.revoked) desk.token.reportRevoked();
  if (flags.destroy) await destroy(terminal, desk, flags);
  const { state } = desk;
  const file = flags.out === undefined ? {} : { file: flags.out };
  answer(terminal, flags, { ...ceremonyJson(state), token: tokenFacts(state), ...file }, [
    ['Ceremony', ceremonyName(state.id, state.draft.rehearsal)],
    ...(state.step === 'sign-off' ? ([['Destroyed', state.destroyedAt]] satisfies Rows) : tokenRows(state)),
    ['Written', flags.out],
  ]);
  if (!flags.json) terminal.say(`${nextOf(state)}\n`);
}

async function destroy(terminal: Terminal, desk: OfficerDesk, flags: TokenFlags): Promise<void> {
  const what = desk.state.draft.method === 'otp' ? 'one-time password' : 'key';
  if (!flags.yes)
    await askYes(
      terminal,
      `${beforeDestroying(desk.state)}Destroy the ${what} of this ceremony? This can't be undone, and there is no copy.`,
      '--yes',
    );
  desk.destroySecret();
}

/** What giving the ceremony up would leave behind; nothing where it came to its end. */
function beforeDestroying(state: OfficerCeremony): string {
  if (state.step === 'destroy' || state.step === 'plan' || state.step === 'key') return '';
  const { isDead } = tokenKindWords(state.draft.tokenKind);
  if (!('result' in state))
    return `This ceremony isn’t finished. Cancel the attempt on the server first; a token that was made already is alive until it ${isDead}. `;
  return state.token === null
    ? `The server has made a token. It is alive until it ${isDead}, and destroying does not end it. `
    : `The token is alive until it ${isDead}, and destroying does not end it. Report that with --revoked first. `;
}

function nextOf(state: OfficerCeremony): string {
  const { tokenKind } = state.draft;
  const { isDead } = tokenKindWords(tokenKind);
  switch (state.step) {
    case 'decode':
      if (state.token !== null && tokenKind !== 'root')
        return `The token is alive. Once the operator has seen that it ${isDead}: airlock offline token --revoked`;
      return state.token === null
        ? 'The result isn’t decoded yet: airlock offline result'
        : state.token.handoff === null
          ? 'The token is alive. Hand it over to the station: airlock offline handoff. Or, once the operator has revoked it by hand: airlock offline token --revoked'
          : 'The token is alive, and handed over. What became of it comes back: airlock offline outcome --message FILE. Without that, once the operator has revoked it: airlock offline token --revoked';
    case 'destroy':
      return `The token ${isDead}, so its key has served: airlock offline token --destroy`;
    case 'sign-off':
      return 'Next: airlock offline sign-off';
    default:
      return 'There is no token yet.';
  }
}
