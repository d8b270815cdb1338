import type { PersonView } from '../../../shared/ipc/view/person';
import { Tick } from '../../parts/choice';
import { roleName } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { idOf } from './giving';

export interface RosterProps {
  readonly people: readonly PersonView[];
  /** Fingerprints, hex without spaces, lower case. */
  readonly picked: readonly string[];
  readonly threshold: number;
  /** Who is missing; null where nobody was said to be. */
  readonly problem: string | null;
  readonly onChange: (picked: string[]) => void;
}

/** Who takes part. A message signed by anyone else is refused by name. */
export function Roster({ people, picked, threshold, problem, onChange }: RosterProps) {
  const custodians = people.filter(
    (person) => person.role === 'custodian' && picked.includes(idOf(person)),
  ).length;
  return (
    <fieldset className="fieldset" data-wrong={problem !== null || undefined}>
      <legend>Who takes part</legend>
      <p className={custodians < threshold ? 'quiet' : 'good'} role="status">
        {custodians} of at least {threshold} custodians picked. You take part as the officer.
      </p>
      <Problem text={problem} />
      {people.length === 0 ? (
        <p className="quiet">
          This laptop knows nobody yet. Go home and take in the others' codes; the plan stays as it is.
        </p>
      ) : null}
      {people.map((person) => {
        const id = idOf(person);
        const others = picked.filter((other) => other !== id);
        return (
          <Tick
            key={id}
            name={`${person.name} · ${roleName[person.role]}`}
            hint={person.words}
            on={picked.includes(id)}
            onChange={(on) => onChange(on ? [...others, id] : others)}
          />
        );
      })}
    </fieldset>
  );
}
