import { type CarriedOut, carriedOut } from '../../../shared/script/carried-out';
import type { Script, ScriptRole } from '../../../shared/script/script';
import type { Facts } from './facts';
import type { Lane } from './lanes';

/** A script that the ceremony went by, and at whose station that is on record. */
export interface ToldScript {
  readonly script: CarriedOut;
  readonly lane: Lane;
}

/** Every script of the journals, in the order in which they were chosen; the last may count still. */
export const scriptsOf = (lanes: readonly Lane[]): ToldScript[] =>
  lanes.flatMap((lane) => carriedOut(lane.lines).map((script) => ({ script, lane })));

/** Somebody who signs on paper. */
export interface Signer {
  readonly name: string;
  readonly organisation: string;
}

/** A statement, and those who sign it. */
export interface Statement {
  readonly role: string;
  readonly text: string;
  /** Empty: there is nobody on record, and a line is left for whoever it was. */
  readonly signers: readonly Signer[];
}

/** What is signed where a ceremony had no script. */
const PLAIN: Pick<Script, 'roles' | 'statements'> = {
  roles: (['officer', 'witness', 'custodian', 'operator'] as const).map((name) => ({
    name,
    duty: '',
    plays: name,
  })),
  statements: [
    {
      by: 'officer',
      text: 'I have led this ceremony as its plan says. Whatever went another way is recorded as an exception.',
    },
    {
      by: 'witness',
      text: 'I have watched this ceremony. What is written above is what I saw, and I know of nothing else that went another way.',
    },
    { by: 'custodian', text: 'I have released my share for this attempt alone.' },
    {
      by: 'operator',
      text: 'I have used the token as the plan says and for nothing else, and it is revoked.',
    },
  ],
};

/**
 * The statements of a ceremony, each with its people: those of the plan who have the role, and those of the
 * script alone. Whoever has no statement of their own says that they were there.
 */
export function statementsOf(told: ToldScript | undefined, people: Facts['people']): Statement[] {
  const { roles, statements } = told?.script ?? PLAIN;
  const known: Lots = { people: people.filter(({ onRoster }) => onRoster), extra: told?.script.people ?? [] };
  const stated = statements.map(({ by, text }): Statement => {
    const role = roles.find(({ name }) => name === by);
    const signers = role === undefined ? [] : signersOf(role, known);
    return { role: by, text, signers };
  });
  const silent = roles
    .filter(({ name }) => statements.every(({ by }) => by !== name))
    .map(
      (role): Statement => ({
        role: role.name,
        text: 'I was there, and what is written above is what I saw.',
        signers: signersOf(role, known),
      }),
    )
    .filter(({ signers }) => signers.length > 0);
  return [...stated, ...silent];
}

interface Lots {
  readonly people: Facts['people'];
  readonly extra: CarriedOut['people'];
}

const signersOf = ({ name, plays }: ScriptRole, { people, extra }: Lots): Signer[] => [
  ...people
    .filter(({ role }) => plays !== undefined && role === plays)
    .map((person) => ({ name: person.name, organisation: '' })),
  ...extra.filter(({ role }) => role === name).map((person) => ({ ...person })),
];
