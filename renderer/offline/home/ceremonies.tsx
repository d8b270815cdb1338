import { useState } from 'react';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import { type CeremonyGroup, CeremonyList } from '../../parts/ceremony-list';
import { CeremonyRow } from '../../parts/ceremony-row';
import { useCall } from '../call';
import { stepName } from '../names';
import { RemoveCeremony } from './remove-ceremony';

type Ceremony = AppState['ceremonies'][number];

/** Ceremonies on this laptop. They can be gone on with days later. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: AppState['ceremonies'] }) {
  const open = useCall('ceremony.open');
  const [removing, setRemoving] = useState<Ceremony | null>(null);
  if (ceremonies.length === 0) return null;
  return (
    <>
      <CeremonyList
        ceremonies={ceremonies}
        groups={groups}
        problem={open.problem}
        row={(ceremony) => (
          <CeremonyLine
            key={ceremony.id}
            ceremony={ceremony}
            busy={open.busy}
            onOpen={() => void open.run({ id: ceremony.id })}
            onRemove={() => setRemoving(ceremony)}
          />
        )}
      />
      {removing === null ? null : (
        <RemoveCeremony id={removing.id} name={nameOf(removing)} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}

/** Steps at which somebody else acts next: the custodians and the station, or the officer. */
const waits = ({ role, step }: Ceremony): boolean =>
  (role === 'officer' && step === 'result') || (role === 'custodian' && step === 'released');

const isOver = ({ role, step, signedOff }: Ceremony): boolean =>
  role === 'unreadable' || signedOff || step === 'sign-off';

const nameOf = ({ title, words }: Ceremony): string => title || words;

/** What is mine to do comes first. */
const groups: readonly CeremonyGroup<Ceremony>[] = [
  { title: 'Yours to do now', has: (ceremony) => !waits(ceremony) && !isOver(ceremony) },
  { title: 'Waits for others', has: (ceremony) => waits(ceremony) && !isOver(ceremony) },
  {
    title: 'To sign off',
    has: (ceremony) => isOver(ceremony) && !ceremony.signedOff && ceremony.role !== 'unreadable',
  },
  { title: 'Signed off', has: ({ signedOff }) => signedOff },
  { title: 'Damaged', has: ({ role, signedOff }) => role === 'unreadable' && !signedOff },
];

interface CeremonyLineProps {
  readonly ceremony: Ceremony;
  readonly busy: boolean;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function CeremonyLine({ ceremony, busy, onOpen, onRemove }: CeremonyLineProps) {
  const { role, title, words } = ceremony;
  const unreadable = role === 'unreadable';
  return (
    <CeremonyRow
      name={unreadable ? 'Can’t be opened here' : title || 'Not named yet'}
      words={words}
      rehearsal={ceremony.rehearsal}
      standing={
        unreadable ? 'its state on this disk is damaged, or is an online station’s' : stepName(ceremony)
      }
      updatedAt={ceremony.updatedAt}
      busy={busy}
      onOpen={unreadable ? null : { label: nameOf(ceremony), run: onOpen }}
      onRemove={ceremony.removable ? { label: nameOf(ceremony), run: onRemove } : null}
    />
  );
}
