import { useState } from 'react';
import type { PersonView } from '../../../shared/ipc/view/person';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { roleName } from '../names';
import { Problem } from '../problem';
import { Sheet } from '../sheet';

/** Who is known to this laptop: their signatures count, nobody else's. */
export function People({ people }: { readonly people: readonly PersonView[] }) {
  const [leaving, setLeaving] = useState<PersonView | null>(null);
  return (
    <section className="section">
      <h2>People this station knows</h2>
      {people.length === 0 ? (
        <p className="quiet">Nobody yet. Take in the codes of the others and compare six words with each.</p>
      ) : (
        <ul className="people">
          {people.map((person) => (
            <li key={person.fingerprint}>
              <div>
                <span className="people-name">{person.name}</span>{' '}
                <span className="quiet">· {roleName[person.role]}</span>
                <div className="quiet">{person.words}</div>
              </div>
              <Button kind="quiet" small label={`Remove ${person.name}`} onPress={() => setLeaving(person)}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {leaving === null ? null : <RemovePerson person={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
}

function RemovePerson({ person, onClose }: { readonly person: PersonView; readonly onClose: () => void }) {
  const remove = useCall('people.remove');
  const submit = async () => {
    const answer = await remove.run({ fingerprint: person.fingerprint });
    if (answer.ok) onClose();
  };
  return (
    <Sheet title={`Remove ${person.name}?`} onClose={onClose} urgent>
      <p>
        From now on this station refuses what {person.name} signs. They can be added again by their code and
        six words.
      </p>
      <div className="row">
        <Button kind="alarm" busy={remove.busy} onPress={() => void submit()}>
          Remove
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Keep
        </Button>
      </div>
      <Problem text={remove.problem} />
    </Sheet>
  );
}
