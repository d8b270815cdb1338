import type { Command } from 'commander';
import { fromHex, toHex } from '../../../shared/bytes';
import { shareKindName } from '../../../shared/ceremony/share-kind';
import { why } from '../../../shared/ceremony/shown-names';
import { tokenMinutesSentence } from '../../../shared/ceremony/token-minutes';
import type { ShareKind } from '../../../shared/message/body';
import { shownTasks } from '../../../shared/task/shown-task';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { digestWords, nonceWords } from '../../../shared/words';
import type { CustodianDesk } from '../../offline/custodian/desk';
import { listPeople } from '../../store/people';
import { askWords } from '../parts/asked';
import { CliError } from '../parts/cli-error';
import { withMessages } from '../parts/message-input';
import { taskRows } from '../parts/task-rows';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName, serverPlace } from './ceremony-facts';
import { answer, type Rows } from './code-out';
import { recordCompared } from './compared';
import { atLaptop, type Laptop, type LaptopFlags, openCeremony, takeMessage, withLaptop } from './laptop';

interface AttemptFlags extends LaptopFlags {
  readonly message?: string[];
  readonly words?: string;
  readonly differs?: string;
}

/** `airlock offline attempt`. */
export function defineAttempt(command: Command, terminal: Terminal): void {
  withMessages(withLaptop(command), "a station's attempt message")
    .option('--words <words>', "the attempt's words as they are read out, instead of being asked")
    .option('--differs <text>', 'custodian: something is different; stop, and say what, for the record')
    .action((flags: AttemptFlags) =>
      atLaptop(terminal, flags, flags.message ?? [], (laptop) =>
        laptop.station.identity().role === 'officer'
          ? attemptAsOfficer(laptop, flags)
          : attemptAsCustodian(laptop, flags),
      ),
    );
}

async function attemptAsOfficer(laptop: Laptop, flags: AttemptFlags): Promise<void> {
  const { terminal, station } = laptop;
  if (flags.differs !== undefined)
    throw new CliError('usage', '--differs is for custodians. An officer goes back to the plan instead.');
  await openCeremony(laptop, flags);
  if (flags.message !== undefined) terminal.say(`${await takeMessage(laptop, flags.message, 'attempt')}\n`);
  const { state } = station.officer();
  const attempt = 'attempt' in state ? state.attempt : null;
  if (attempt === null)
    throw new CliError('no-message', 'No attempt was taken in here yet. Give its message: --message FILE.');
  const words = nonceWords(attempt.nonce);
  answer(terminal, flags, { ...ceremonyJson(state), attempt: { ...attempt, words } }, [
    ['Ceremony', ceremonyName(state.id, state.draft.rehearsal)],
    ['Started by', attempt.station],
    ['Shares', `${attempt.progress} of ${attempt.required} when this code was made`],
    ['Nonce', attempt.nonce],
    ['Read aloud', words],
  ]);
  await recordCompared(laptop, flags, 'attempt', words);
  if (!flags.json)
    terminal.say('Next, once the station has all shares: airlock offline result --message FILE\n');
}

async function attemptAsCustodian(laptop: Laptop, flags: AttemptFlags): Promise<void> {
  const { terminal, station } = laptop;
  if (flags.message === undefined) await openCeremony(laptop, flags);
  else await takeMessage(laptop, flags.message, 'attempt');
  const desk = station.custodian();
  if (!flags.json) showChecks(laptop, desk);
  if (flags.differs !== undefined) desk.check(false, flags.differs);
  else if (desk.state.step === 'check') await compareWords(laptop, desk, flags);
  const { state } = desk;
  const words = nonceWords(state.attempt.nonce);
  if (flags.json) {
    const { title, purpose, ticket, tasks, method, tokenKind, server, threshold, checks, rehearsal } = state;
    const { nonce, station: to, progress, required, pgpFingerprint } = state.attempt;
    answer(
      terminal,
      flags,
      {
        ...ceremonyJson(state),
        plan: {
          title,
          purpose,
          ticket,
          tasks,
          method,
          tokenKind,
          rehearsal,
          words: digestWords(fromHex(state.start)),
        },
        shown: shownTasks(tasks, state.roster, tokenKind),
        server: { ...server, threshold },
        attempt: { nonce, words, station: to, progress, required, pgpFingerprint },
        checks,
      },
      [],
    );
  } else if (state.step === 'stopped') {
    terminal.print('Stopped, and on record. Release nothing, and tell the officer.\n');
  } else {
    terminal.print(`Compared: ${words}. Next: airlock offline release\n`);
  }
}

/** Asks for the words that the officer reads out. Throws `CliError` 'no-answer' and 'not-confirmed'. */
async function compareWords(
  { terminal }: Laptop,
  desk: CustodianDesk,
  { words }: AttemptFlags,
): Promise<void> {
  await askWords(terminal, nonceWords(desk.state.attempt.nonce), words, {
    question: 'Have the officer read out the words of the attempt, by voice and not by message. Type them: ',
    otherwise:
      'The attempt is kept and nothing is released. If something is different indeed, stop: airlock offline attempt --differs "WHAT".',
  });
  desk.check(true, '');
}

const kindOf = (kind: ShareKind | undefined): string =>
  kind === undefined ? '' : `, ${shareKindName(kind)}`;

/** What the window shows of an attempt before its words are compared. */
function showChecks({ terminal, home }: Laptop, { state }: CustodianDesk): void {
  const { attempt, checks } = state;
  const officer = listPeople(home).find(({ fingerprint }) => toHex(fingerprint) === state.officer);
  const rows: Rows = [
    ['Ceremony', ceremonyName(state.id, state.rehearsal)],
    ['Title', state.title],
    [
      'Asked by',
      `${officer?.name ?? 'someone no longer known here'}, officer, key ${state.officer.slice(0, 8)}`,
    ],
    ['Why', why(state.purpose, state.ticket)],
    ['Makes', tokenKindWords(state.tokenKind).one],
    ['', tokenKindSentence(state.tokenKind, state.server.namespace)],
    ['In hand', tokenMinutesSentence(state.tokenMinutes)],
    ['Server', serverPlace(state.server)],
    ...taskRows(shownTasks(state.tasks, state.roster, state.tokenKind), 'Used for'),
    [
      'Result goes to',
      attempt.pgpFingerprint === ''
        ? 'the officer, by one-time password'
        : `PGP key ${attempt.pgpFingerprint}`,
    ],
    ['Sealed to', attempt.station],
    ['Shares', `${attempt.progress} of ${attempt.required} so far${kindOf(state.server.shareKind)}`],
    ...checks.map(({ ok, text }, i) => [i === 0 ? 'Checked' : '', `${ok ? 'ok ' : 'NOT'}  ${text}`] as const),
  ];
  answer(terminal, {}, {}, rows);
  if (checks.some(({ ok }) => !ok))
    terminal.say('A check does not hold. Ask the officer about it before anything else.\n');
}
