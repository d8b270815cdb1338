import type { CeremonySummary } from '../../../shared/ipc/online/app-state';
import { useCall } from '../../parts/bridge/call';
import { Button } from '../../parts/button';
import { dayOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { standing } from '../names';

/** Ceremonies at this station: what is to be done first, then what is over. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: readonly CeremonySummary[] }) {
  const open = useCall('ceremony.open');
  if (ceremonies.length === 0) return null;
  const latestFirst = [...ceremonies].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const groups = [
    {
      title: 'To go on with',
      of: latestFirst.filter(({ signedOff, step }) => !signedOff && step !== 'unreadable'),
    },
    {
      title: 'Finished',
      of: latestFirst.filter(({ signedOff, step }) => signedOff || step === 'unreadable'),
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
                <li key={ceremony.id}>
                  <div>
                    <span className="people-name">{ceremony.title || ceremony.words}</span>{' '}
                    {ceremony.rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
                    <div className="quiet">
                      {ceremony.words} · {ceremony.signedOff ? 'signed off' : standing[ceremony.step]} ·{' '}
                      {dayOf(ceremony.updatedAt)}
                    </div>
                  </div>
                  {ceremony.step === 'unreadable' ? null : (
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
          </section>
        ),
      )}
      <Problem text={open.problem} />
    </>
  );
}
