import { AirlockError } from '../../../shared/airlock-error';
import { fromHex } from '../../../shared/bytes';
import { aloneSentence, sharesOf, whoSeesQuorum } from '../../../shared/ceremony/giving';
import { givingRoster } from '../../../shared/ceremony/giving-roster';
import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import { completePlan, type ServerFacts } from '../../../shared/ceremony/plan';
import { shareKindName } from '../../../shared/ceremony/share-kind';
import { tokenMinutesSentence } from '../../../shared/ceremony/token-minutes';
import { shownTasks } from '../../../shared/task/shown-task';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { ceremonyWords, digestWords } from '../../../shared/words';
import { aloneException, rosterOf } from '../../offline/officer/agreed-plan';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import { listPeople } from '../../store/people';
import { taskRows } from '../parts/task-rows';
import type { Rows } from './code-out';

/** The roster as it is agreed on, or as it is proposed while the plan is open. */
function rosterShown(state: OfficerCeremony, own: Identity, home: Home): readonly ParticipantState[] {
  if ('roster' in state) return state.roster;
  const picked = rosterOf(own, listPeople(home), state.draft.roster);
  return givingRoster(picked, state.draft, serverOf(state)?.threshold ?? 0);
}

const serverOf = (state: OfficerCeremony): ServerFacts | null => ('server' in state ? state.server : null);

/** What keeps an open plan from being agreed on, as a sentence; null where nothing does. */
function lackOf(state: OfficerCeremony, roster: readonly ParticipantState[]): string | null {
  if (state.step !== 'plan') return null;
  try {
    const { threshold } = completePlan(state.draft, roster, state.server);
    aloneException(roster, threshold, state.draft);
    return null;
  } catch (error) {
    if (error instanceof AirlockError) return error.message;
    throw error;
  }
}

/** Who alone would have a quorum by the plan as it stands. */
const aloneOf = (state: OfficerCeremony, roster: readonly ParticipantState[]): string[] => {
  const threshold = serverOf(state)?.threshold;
  return threshold === undefined ? [] : whoSeesQuorum(roster, [], threshold).map(({ name }) => name);
};

const nameIn = (roster: readonly ParticipantState[], fingerprint: string | undefined): string | undefined =>
  roster.find((person) => person.fingerprint === fingerprint)?.name;

/** Of a custodian, where their share goes. */
function placeOf(person: ParticipantState, roster: readonly ParticipantState[]): string {
  if (person.role !== 'custodian') return '';
  const held = sharesOf(person) === 1 ? '' : `, ${sharesOf(person)} shares`;
  const operator = nameIn(roster, person.givesTo);
  return operator === undefined ? `${held}, a reserve` : `${held}, gives to ${operator}'s station`;
}

/** The officer's plan as rows for the terminal: what the window's plan shows. */
export function planRows(state: OfficerCeremony, own: Identity, home: Home): Rows {
  const roster = rosterShown(state, own, home);
  const { draft } = state;
  const server = serverOf(state);
  const alone = aloneOf(state, roster);
  return [
    ['Ceremony', `${ceremonyWords(fromHex(state.id))}${draft.rehearsal ? '  (rehearsal)' : ''}`],
    ['Title', draft.title],
    ['Why', [draft.purpose, draft.ticket].filter((text) => text !== '').join(' · ')],
    ['Server', server === null ? 'not known yet' : `${server.clusterName} ${server.address}`.trim()],
    ['Namespace', server?.namespace],
    ['Quorum', server === null ? undefined : quorumOf(server)],
    ['Station', server?.station?.label],
    ['Words', server?.station ? digestWords(fromHex(server.station.digest)) : undefined],
    ['Token', tokenKindWords(draft.tokenKind).one],
    ['', tokenKindSentence(draft.tokenKind, server?.namespace)],
    ['In hand', tokenMinutesSentence(draft.tokenMinutes)],
    ['Method', draft.method === 'pgp' ? 'PGP key' : 'one-time password'],
    ...taskRows(shownTasks(draft.tasks, roster, draft.tokenKind), 'Tasks'),
    ...roster.map(
      (person, i) =>
        [i === 0 ? 'Roster' : '', `${person.name}, ${person.role}${placeOf(person, roster)}`] as const,
    ),
    ['Alone', alone.length === 0 ? undefined : `By this plan ${aloneSentence(alone)}`],
    ['Lacks', lackOf(state, roster) ?? undefined],
  ];
}

const quorumOf = ({ threshold, shares, shareKind }: ServerFacts): string =>
  `${threshold} of ${shares} ${shareKindName(shareKind) || 'shares'}`;

/** The same for `--json`. */
export function planJson(state: OfficerCeremony, own: Identity, home: Home): object {
  const roster = rosterShown(state, own, home);
  const { title, purpose, ticket, method, tokenKind, tasks, tokenMinutes, rehearsal } = state.draft;
  return {
    ceremony: state.id,
    words: ceremonyWords(fromHex(state.id)),
    step: state.step,
    plan: { title, purpose, ticket, method, tokenKind, tasks, tokenMinutes, rehearsal },
    /** The same tasks in plain words, and what each sends. */
    shown: shownTasks(tasks, roster, tokenKind),
    server: serverOf(state),
    roster: roster.map((person) => ({ ...person, station: nameIn(roster, person.givesTo) ?? null })),
    alone: aloneOf(state, roster),
    lacks: lackOf(state, roster),
  };
}
