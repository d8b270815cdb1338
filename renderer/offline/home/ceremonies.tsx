import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { dayOf } from '../../parts/names';
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
          <li key={ceremony.id}>
            <div>
              <span className="people-name">
                {ceremony.role === 'unreadable' ? 'Can’t be opened here' : ceremony.title || 'Not named yet'}
              </span>{' '}
              {ceremony.rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
              <div className="quiet">
                {ceremony.words} ·{' '}
                {ceremony.role === 'unreadable'
                  ? 'its state on this disk is damaged, or is an online station’s'
                  : stepName(ceremony)}{' '}
                · {dayOf(ceremony.updatedAt)}
              </div>
            </div>
            {ceremony.role === 'unreadable' ? null : (
              <Button
                kind="quiet"
                small
                busy={open.busy}
                label={`Open ${ceremony.title || ceremony.words}`}
                onPress={() => void open.run({ id: ceremony.id })}
              >
                Open
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={open.problem} />
    </section>
  );
}
