import { useState } from 'react';
import type { ScriptView } from '../../../shared/ipc/offline/script';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Problem } from '../../parts/problem';
import { Select } from '../../parts/select';
import { Sheet } from '../../parts/sheet';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

/** Who has which role of the script; people who have none in the plan are named here. */
export function PeopleCard({ script, closed }: { readonly script: ScriptView; readonly closed: boolean }) {
  const [adding, setAdding] = useState(false);
  const call = useCall('officer.script.person');
  return (
    <Card title="Who is there">
      <Facts
        facts={script.roles.map(({ name, people }) => [
          name,
          people.length === 0 ? 'nobody yet' : people.join(', '),
        ])}
      />
      {closed ? null : (
        <div className="row row-tight">
          <Button kind="quiet" small onPress={() => setAdding(true)}>
            Somebody takes part
          </Button>
          {script.extra.map((person) => (
            <Button
              key={`${person.role} ${person.name}`}
              kind="quiet"
              small
              onPress={() => void call.run({ ...person, left: true })}
            >
              {person.name} has left
            </Button>
          ))}
        </div>
      )}
      <Problem text={call.problem} />
      {adding ? <AddPerson script={script} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function AddPerson({ script, onClose }: { readonly script: ScriptView; readonly onClose: () => void }) {
  const call = useCall('officer.script.person');
  const nobody = script.roles.find(({ people }) => people.length === 0) ?? script.roles[0];
  const [person, setPerson] = useState({ role: nobody?.name ?? '', name: '', organisation: '' });
  const change = (next: Partial<typeof person>) => setPerson({ ...person, ...next });
  const submit = async () => {
    const answer = await call.run(person);
    if (answer.ok) onClose();
  };
  return (
    <Sheet title="Who takes part besides?" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">
          People of the plan are here already. Whoever opens the safe or looks after the room has no laptop,
          and signs on paper.
        </p>
        <div className="field">
          <Select
            label="Role"
            options={script.roles.map(({ name }) => ({ value: name, name }))}
            value={person.role}
            onChange={(role) => change({ role })}
          />
        </div>
        <TextField label="Name" value={person.name} onChange={(name) => change({ name })} maxLength={80} />
        <TextField
          label="Organisation"
          hint="May be left empty."
          value={person.organisation}
          onChange={(organisation) => change({ organisation })}
          maxLength={80}
        />
        <div className="row">
          <Button submit busy={call.busy}>
            Put on record
          </Button>
          <Button kind="quiet" onPress={onClose}>
            Back
          </Button>
        </div>
        <Problem text={call.problem} />
      </form>
    </Sheet>
  );
}
