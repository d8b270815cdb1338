import type { AppState } from '../../../shared/ipc/offline/app-state';
import { CeremonyRow } from '../../parts/ceremony-row';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';
import { stepName } from '../names';

/** Ceremonies on this laptop, the latest first. They can be gone on with days later. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: AppState['ceremonies'] }) {
  const open = useCall('ceremony.open');
  if (ceremonies.length === 0) return null;
  const latestFirst = [...ceremonies].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <section className="section">
      <h2>Ceremonies on this laptop</h2>
      <ul className="people">
        {latestFirst.map((ceremony) => (
          <CeremonyRow
            key={ceremony.id}
            name={ceremony.role === 'unreadable' ? 'Can’t be opened here' : ceremony.title || 'Not named yet'}
            words={ceremony.words}
            rehearsal={ceremony.rehearsal}
            standing={
              ceremony.role === 'unreadable'
                ? 'its state on this disk is damaged, or is an online station’s'
                : stepName(ceremony)
            }
            updatedAt={ceremony.updatedAt}
            busy={open.busy}
            onOpen={
              ceremony.role === 'unreadable'
                ? null
                : {
                    label: ceremony.title || ceremony.words,
                    run: () => void open.run({ id: ceremony.id }),
                  }
            }
          />
        ))}
      </ul>
      <Problem text={open.problem} />
    </section>
  );
}
