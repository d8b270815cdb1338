import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Role } from '../../../shared/message/body';
import { Lost } from '../backup/lost';
import { PutBackHome } from '../backup/put-back-home';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Card } from '../card';
import { Choice } from '../choice';
import { focusWrong } from '../focus-wrong';
import { Foot } from '../foot';
import { Form } from '../form';
import { More } from '../more';
import { Problem } from '../problem';
import { emptySecret, SecretField, secretIn } from '../secret-field';
import { Step } from '../step';
import { TextField } from '../text-field';
import { Age } from './age';

export interface RoleChoice {
  readonly value: Role;
  readonly name: string;
  readonly hint: string;
}

interface FirstStartProps {
  readonly roles: readonly RoleChoice[];
  /** Null for the first moment of a window. */
  readonly electron: string | null;
}

/** First start: a person gives name and role, and gets a signing identity under a passphrase. */
export function FirstStart({ roles, electron }: FirstStartProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role | null>(roles.length === 1 ? (roles[0]?.value ?? null) : null);
  const [station, setStation] = useState('');
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const create = useCall('identity.create');

  const submit = async () => {
    const first = passphrase.current?.value ?? '';
    const second = again.current?.value ?? '';
    const found = missing(name, role) ?? differs(first, second);
    flushSync(() => setWrong(found));
    if (found !== null) return focusWrong(form.current);
    if (role === null) return;
    const answer = await create.run({
      name: name.trim(),
      role,
      station: station.trim(),
      passphrase: secretIn(passphrase),
    });
    if (!answer.ok) return;
    emptySecret(passphrase);
    emptySecret(again);
  };
  const at = (field: Field): string | null => (wrong?.field === field ? wrong.text : null);
  /** What is changed is no longer what was wrong. */
  const changed = (field: Field): void => {
    if (wrong?.field === field) setWrong(null);
  };

  return (
    <Step
      title="Who works at this station?"
      lead="Airlock makes a signing key for you. With it, others know that what you send comes from you."
      aside={
        <>
          <Card title="What happens next">
            <ul>
              <li>Your key stays at this station, under your passphrase.</li>
              <li>You show the public half to the others, and take in theirs.</li>
              <li>You compare six words with each of them, by voice, once.</li>
            </ul>
          </Card>
          <PutBackHome />
          <More title="If a passphrase or a machine is lost">
            <Lost />
          </More>
        </>
      }
    >
      <Form
        field={form}
        onSubmit={() => void submit()}
        onInput={({ target }) => {
          if (target === passphrase.current) changed('passphrase');
          if (target === again.current || target === passphrase.current) changed('again');
        }}
      >
        <TextField
          label="Your name"
          value={name}
          onChange={(text) => {
            setName(text);
            changed('name');
          }}
          maxLength={80}
          wrong={at('name')}
        />
        {roles.length === 1 ? null : (
          <Choice
            label="Your role"
            options={roles}
            value={role}
            onChange={(picked) => {
              setRole(picked);
              changed('role');
            }}
            wrong={at('role')}
          />
        )}
        <TextField
          label="Name of this station"
          hint="Written on the machine, if it is. For example: Station B. May be left empty."
          value={station}
          onChange={setStation}
          maxLength={60}
        />
        <SecretField
          label="Passphrase"
          hint="Eight characters or more. Nobody can restore it: write it down and keep it where your organisation keeps such things."
          field={passphrase}
          newPassphrase
          wrong={at('passphrase')}
        />
        <SecretField label="Passphrase again" field={again} newPassphrase wrong={at('again')} />
        <Foot>
          <Button submit busy={create.busy}>
            {create.busy ? 'Making your key…' : 'Make my identity'}
          </Button>
          <Problem text={create.problem} />
        </Foot>
      </Form>
      <Age electron={electron} />
    </Step>
  );
}

type Field = 'name' | 'role' | 'passphrase' | 'again';

/** What to correct, and where. */
interface Wrong {
  readonly field: Field;
  readonly text: string;
}

function missing(name: string, role: Role | null): Wrong | null {
  if (name.trim() === '')
    return {
      field: 'name',
      text: 'Your name is missing. The others see it when they compare words with you.',
    };
  if (role === null)
    return { field: 'role', text: 'Pick a role. It decides what this station may do in a ceremony.' };
  return null;
}

function differs(first: string, second: string): Wrong | null {
  if (first.length < 8)
    return {
      field: 'passphrase',
      text: 'The passphrase is too short. Take eight characters or more; four words are a good start.',
    };
  if (first !== second)
    return {
      field: 'again',
      text: 'The two passphrases differ. Nothing was made yet; type the second one again.',
    };
  return null;
}
