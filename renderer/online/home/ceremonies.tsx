import type { CeremonySummary } from '../../../shared/ipc/online/app-state';
import { useCall } from '../../parts/bridge/call';
import { type CeremonyGroup, CeremonyList } from '../../parts/ceremony-list';
import { CeremonyRow } from '../../parts/ceremony-row';
import { standing } from '../names';

/** Steps after which there is nothing to do but to sign off. A result may still have a token to revoke. */
const ended: ReadonlySet<CeremonySummary['step']> = new Set(['cancelled', 'lost']);
const isDamaged = ({ step }: CeremonySummary): boolean => step === 'unreadable';

/** What is to be done comes first. */
const groups: readonly CeremonyGroup<CeremonySummary>[] = [
  {
    title: 'To go on with',
    has: (ceremony) => !ceremony.signedOff && !ended.has(ceremony.step) && !isDamaged(ceremony),
  },
  { title: 'To sign off', has: ({ signedOff, step }) => !signedOff && ended.has(step) },
  { title: 'Signed off', has: ({ signedOff }) => signedOff },
  { title: 'Damaged', has: (ceremony) => !ceremony.signedOff && isDamaged(ceremony) },
];

/** Ceremonies at this station. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: readonly CeremonySummary[] }) {
  const open = useCall('ceremony.open');
  if (ceremonies.length === 0) return null;
  return (
    <CeremonyList
      ceremonies={ceremonies}
      groups={groups}
      problem={open.problem}
      row={(ceremony) => {
        const { id, title, words, rehearsal, signedOff, step, updatedAt } = ceremony;
        const name = title || words;
        return (
          <CeremonyRow
            key={id}
            name={name}
            words={words}
            rehearsal={rehearsal}
            standing={signedOff ? 'signed off' : standing[step]}
            updatedAt={updatedAt}
            busy={open.busy}
            onOpen={isDamaged(ceremony) ? null : { label: name, run: () => void open.run({ id }) }}
          />
        );
      }}
    />
  );
}
