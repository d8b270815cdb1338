import { useState } from 'react';
import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import type { KeptScriptView } from '../../../shared/ipc/offline/script';
import type { PersonView } from '../../../shared/ipc/view/person';
import { PickServer } from './pick-server';
import { Planning } from './planning';

export interface PlanStepProps {
  /** The officer, as everyone knows them. */
  readonly self: PersonView | null;
  readonly people: readonly PersonView[];
  readonly ceremony: OfficerViewAt<'plan'>;
  readonly scripts: readonly KeptScriptView[];
}

/** First the server, whose facts the plan needs; then the plan. */
export function PlanStep({ self, people, ceremony, scripts }: PlanStepProps) {
  const [changingFrom, setChangingFrom] = useState<OfficerViewAt<'plan'>['server']>(null);
  const { server } = ceremony;
  // Asked again until another server's facts, or the same anew, have come in.
  const changing = changingFrom !== null && JSON.stringify(changingFrom) === JSON.stringify(server);
  if (server === null || changing) {
    return <PickServer known={server} onKeep={() => setChangingFrom(null)} />;
  }
  return (
    <Planning
      self={self}
      people={people}
      ceremony={ceremony}
      scripts={scripts}
      server={server}
      onChangeServer={() => setChangingFrom(server)}
    />
  );
}
