import { useState } from 'react';
import type { OnlineState } from '../../../shared/ipc/online/app-state';
import type { SweepView } from '../../../shared/ipc/online/sweep';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { RootTokens } from './root-tokens';
import { StrayTokens } from './stray-tokens';
import { SweepProgress } from './sweep-progress';
import { SweptFacts } from './swept-facts';

export interface SweepProps {
  readonly state: OnlineState;
  readonly onBack: () => void;
}

/** Every token of the server is looked at: which of them are root tokens, and whose they are. */
export function Sweep({ state, onBack }: SweepProps) {
  const { sweep, server } = state;
  const { title, lead } = words[sweep?.phase ?? 'before'];
  return (
    <Step title={title} lead={lead} aside={<About hasToken={server.settings.token} />}>
      {sweep?.phase === 'running' ? <SweepProgress sweep={sweep} /> : null}
      {sweep?.phase === 'done' ? (
        <Found sweep={sweep} onBack={onBack} />
      ) : (
        <Foot>
          {sweep?.phase === 'running' ? <Stop /> : <Begin again={sweep !== null} />}
          <Button kind="quiet" onPress={onBack}>
            Back
          </Button>
          <Problem text={sweep?.phase === 'stopped' ? sweep.problem : null} />
        </Foot>
      )}
    </Step>
  );
}

const words = {
  before: {
    title: 'Sweep for root tokens',
    lead: 'Every token of the server is looked up by its accessor, sixteen at once. That changes nothing there. What is found of root tokens is held against the transcripts of this station.',
  },
  running: {
    title: 'Looking at every token',
    lead: 'It may take minutes where there are very many. You can go back meanwhile: it goes on.',
  },
  stopped: {
    title: 'The sweep stopped before its end',
    lead: 'What it found up to then is no list of all. Nothing was changed on the server.',
  },
  done: {
    title: 'Every token was looked at',
    lead: 'A root token that nobody accounts for may be in use all the same: ask before you revoke it.',
  },
} as const;

function About({ hasToken }: { readonly hasToken: boolean }) {
  return (
    <>
      {hasToken ? null : (
        <Card title="A server token is needed">
          <p>
            This station has none yet. Give it one at the step “Server”: a root token, or one whose policy
            allows what stands below.
          </p>
        </Card>
      )}
      <Card title="What it needs">
        <ul>
          <li>
            To list: <code>auth/token/accessors</code> with <code>list</code> and <code>sudo</code>
          </li>
          <li>
            To look up: <code>auth/token/lookup-accessor</code> with <code>update</code>
          </li>
          <li>
            To revoke: <code>auth/token/revoke-accessor</code> with <code>update</code>
          </li>
        </ul>
      </Card>
      <Card title="What is kept">
        <ul>
          <li>How many tokens were looked at, and how many root tokens there are: in the transcript.</li>
          <li>Of each that is revoked: its accessor, and the server’s answer that proves it.</li>
        </ul>
      </Card>
    </>
  );
}

function Begin({
  again,
  kind = 'primary',
}: {
  readonly again: boolean;
  readonly kind?: 'primary' | 'quiet';
}) {
  const begin = useCall('sweep.begin');
  return (
    <>
      <Button kind={kind} busy={begin.busy} onPress={() => void begin.run({})}>
        {again ? 'Sweep again' : 'Begin the sweep'}
      </Button>
      <Problem text={begin.problem} />
    </>
  );
}

function Stop() {
  const stop = useCall('sweep.stop');
  return (
    <Button busy={stop.busy} onPress={() => void stop.run({})}>
      Stop it
    </Button>
  );
}

function Found({ sweep, onBack }: { readonly sweep: SweepView; readonly onBack: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const revoke = useCall('sweep.revoke');
  const wanted = [...sweep.strays, ...sweep.roots].filter(
    (each) => each.fate === 'alive' && chosen.has(each.accessor),
  );
  const choose = (accessor: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(accessor);
    else next.delete(accessor);
    setChosen(next);
  };
  const submit = async () => {
    const answer = await revoke.run({ accessors: wanted.map(({ accessor }) => accessor) });
    if (answer.ok) setChosen(new Set());
  };
  return (
    <>
      <SweptFacts sweep={sweep} />
      <StrayTokens strays={sweep.strays} chosen={chosen} onChoose={choose} />
      <RootTokens roots={sweep.roots} chosen={chosen} onChoose={choose} />
      <Foot>
        {wanted.length === 0 ? (
          <Button onPress={onBack}>Back</Button>
        ) : (
          <Button kind="alarm" busy={revoke.busy} onPress={() => void submit()}>
            {revoke.busy ? 'Asking the server…' : revokeName(wanted.length)}
          </Button>
        )}
        <Begin again kind="quiet" />
        <Problem text={revoke.problem} />
      </Foot>
    </>
  );
}

const revokeName = (count: number): string =>
  count === 1 ? 'Revoke it, and prove it' : `Revoke these ${count}, and prove it`;
