import type { Command } from 'commander';
import { AirlockError } from '../../../shared/airlock-error';
import { fromHex } from '../../../shared/bytes';
import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { ceremonyWords } from '../../../shared/words';
import { type Standing, standingOf } from '../../online/next-step';
import { StationError } from '../../online/station-error';
import type { Home } from '../../store/home';
import { readIdentity } from '../../store/identity';
import { valueText } from '../parts/format';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/** `airlock online list`. */
export function defineList(command: Command, terminal: Terminal): void {
  withHome(command).action((flags: HomeFlags) => list(terminal, flags));
}

/** A ceremony of this home; `standing` is null, and `trouble` says why, where it can't be read. */
interface Listed {
  readonly id: string;
  readonly words: string;
  readonly standing: Standing | null;
  readonly trouble: string;
}

/** Asks no server, needs no passphrase and writes nothing. */
function list(terminal: Terminal, flags: HomeFlags): void {
  const home = homeOf(terminal, flags);
  refuseOthers(home);
  const all = home
    .listCeremonies()
    .map((id) => listed(home, id))
    .sort(byUrgency);
  if (flags.json) terminal.print(valueText(flags, { ceremonies: all.map(listedJson) }));
  else if (all.length === 0)
    terminal.say('This home has no ceremony yet. Begin with: airlock online status\n');
  else terminal.print(all.map(listedText).join('\n'));
}

/** Throws `StationError` 'wrong-role', and `HomeError` where the identity can't be read. */
function refuseOthers(home: Home): void {
  const identity = readIdentity(home);
  if (identity === null || identity.role === 'operator') return;
  throw new StationError(
    'wrong-role',
    `The identity of this home, ${identity.name}, is that of the ${identity.role}. An online station belongs to an operator: use the operator's --home.`,
  );
}

/** One ceremony that is damaged keeps nobody from the others. */
function listed(home: Home, id: string): Listed {
  const words = ceremonyWords(fromHex(id));
  try {
    const standing = standingOf(home, id);
    const trouble = standing === null ? 'Its state is missing from this home.' : '';
    return { id, words, standing, trouble };
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error;
    return { id, words, standing: null, trouble: error.message };
  }
}

const isDone = ({ standing }: Listed): boolean => standing?.next === 'archive';

/** What is to be done first, then the latest first. */
const byUrgency = (a: Listed, b: Listed): number =>
  Number(isDone(a)) - Number(isDone(b)) ||
  (b.standing?.state.updatedAt ?? '').localeCompare(a.standing?.state.updatedAt ?? '');

function listedText({ words, standing, trouble }: Listed): string {
  if (standing === null)
    return columns([
      ['Ceremony', words],
      ['Damaged', trouble],
    ]);
  const { title, rehearsal, updatedAt } = standing.state;
  const named = [words, printable(title), rehearsal ? 'rehearsal' : ''].filter((part) => part !== '');
  return columns([
    ['Ceremony', named.join(' · ')],
    ['Stands', standsText(standing)],
    ['Since', `${updatedAt.slice(0, 16).replace('T', ' ')} UTC`],
    ['Next', nextText(standing, words)],
  ]);
}

function listedJson({ id, words, standing, trouble }: Listed) {
  if (standing === null) return { id, words, step: null, next: null, error: trouble };
  const { state, next, kind } = standing;
  const { title, rehearsal, step, required, updatedAt } = state;
  const progress = step === 'finished' || step === 'starting' ? undefined : state.progress;
  const sentence = nextText(standing, words);
  return {
    id,
    words,
    title,
    rehearsal,
    step,
    progress,
    required,
    updatedAt,
    tokenKind: kind,
    next: { step: next, sentence },
  };
}

function standsText({ state }: Standing): string {
  switch (state.step) {
    case 'starting':
      return 'the start was cut off';
    case 'open':
      return `open, ${state.progress} of ${state.required} shares when the server was asked last`;
    case 'finished':
      return 'finished: the result is here';
    case 'cancelled':
      return 'cancelled, or gone from the server';
    case 'lost':
      return 'an answer was lost that may have been the last';
  }
}

/** The next step as a sentence. `words`: the two words of the ceremony. */
function nextText({ next, kind }: Standing, words: string): string {
  switch (next) {
    case 'start':
      return 'give the officer’s start message again: airlock online start --message FILE';
    case 'join':
      return 'take part in the attempt again: airlock online join --message FILE';
    case 'submit':
      return 'give the next share message: airlock online submit --message FILE';
    case 'settle':
      return `ask the server what became of the share that was sent: airlock online submit --ceremony "${words}"`;
    case 'hand-over':
      return `carry the result to the officer, shown again by airlock online submit --ceremony "${words}". Once it was used, ${endText(kind, words)}`;
    case 'tasks':
      return `go on with the token that was handed over: airlock online tasks --ceremony "${words}"`;
    case 'outcome':
      return `show the outcome to the officer: airlock online tasks --ceremony "${words}" --out FILE`;
    case 'revoke':
      return endText(kind, words);
    case 'sweep':
      return `look on the server for a token that nobody holds, and revoke it: airlock online sweep --ceremony "${words}"`;
    case 'sign-off':
      return `sign off: airlock transcript sign-off --ceremony "${words}"`;
    case 'sign-off-again':
      return `sign off anew, for lines were added since: airlock transcript sign-off --ceremony "${words}"`;
    case 'archive':
      return `signed off. Take others’ signatures (airlock transcript take FILE), then: airlock transcript archive FOLDER --ceremony "${words}"`;
  }
}

/** How a token of that kind comes to its end, and how that is put on record. */
function endText(kind: TokenKind, words: string): string {
  const command = `airlock online revoke --ceremony "${words}"`;
  const { name } = tokenKindWords(kind);
  switch (kind) {
    case 'root':
      return `revoke the ${name}: ${command}`;
    case 'dr':
      return `delete the ${name}: ${command}`;
    case 'recovery':
      return `have the server started as usual, which ends the ${name}, and then put that on record: ${command}`;
  }
}
