import type { CeremonySummary } from '../../../shared/ipc/online/app-state';
import { useCall } from '../../parts/bridge/call';
import { CeremonyRow } from '../../parts/ceremony-row';
import { Problem } from '../../parts/problem';
import { standing } from '../names';

/** Steps after which there is nothing to do but to sign off. A result may still have a token to revoke. */
const ended: ReadonlySet<CeremonySummary['step']> = new Set(['cancelled', 'lost', 'unreadable']);

/** Ceremonies at this station: what is to be done first, then what is over. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: readonly CeremonySummary[] }) {
  const open = useCall('ceremony.open');
  if (ceremonies.length === 0) return null;
  const latestFirst = [...ceremonies].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const groups = [
    {
      title: 'To go on with',
      of: latestFirst.filter(({ signedOff, step }) => !signedOff && !ended.has(step)),
    },
    {
      title: 'To sign off',
      of: latestFirst.filter(
        ({ signedOff, step }) => !signedOff && (step === 'cancelled' || step === 'lost'),
      ),
    },
    { title: 'Signed off', of: latestFirst.filter(({ signedOff }) => signedOff) },
    {
      title: 'Damaged',
      of: latestFirst.filter(({ signedOff, step }) => !signedOff && step === 'unreadable'),
    },
  ];
  return (
    <>
      {groups.map(({ title, of }) =>
        of.length === 0 ? null : (
          <section className="section" key={title}>
            <h2>{title}</h2>
            <ul className="people">
              {of.map((ceremony) => (
                <CeremonyRow
                  key={ceremony.id}
                  name={ceremony.title || ceremony.words}
                  words={ceremony.words}
                  rehearsal={ceremony.rehearsal}
                  standing={ceremony.signedOff ? 'signed off' : standing[ceremony.step]}
                  updatedAt={ceremony.updatedAt}
                  busy={open.busy}
                  onOpen={
                    ceremony.step === 'unreadable'
                      ? null
                      : {
                          label: ceremony.title || ceremony.words,
                          run: () => void open.run({ id: ceremony.id }),
                        }
                  }
                />
              ))}
            </ul>
          </section>
        ),
      )}
      <Problem text={open.problem} />
    </>
  );
}
