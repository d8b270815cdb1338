import type { AppState } from '../../../shared/ipc/offline/app-state';
import { CeremonyRow } from '../../parts/ceremony-row';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';
import { stepName } from '../names';

type Ceremony = AppState['ceremonies'][number];

/** Ceremonies on this laptop, the latest of each kind first. They can be gone on with days later. */
export function Ceremonies({ ceremonies }: { readonly ceremonies: AppState['ceremonies'] }) {
  const open = useCall('ceremony.open');
  if (ceremonies.length === 0) return null;
  const latestFirst = [...ceremonies].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <>
      {groups.map(({ title, has }) => {
        const of = latestFirst.filter(has);
        return of.length === 0 ? null : (
          <section className="section" key={title}>
            <h2>{title}</h2>
            <ul className="people">
              {of.map((ceremony) => (
                <CeremonyLine
                  key={ceremony.id}
                  ceremony={ceremony}
                  busy={open.busy}
                  onOpen={() => void open.run({ id: ceremony.id })}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <Problem text={open.problem} />
    </>
  );
}

/** Steps at which somebody else acts next: the custodians and the station, or the officer. */
const waits = ({ role, step }: Ceremony): boolean =>
  (role === 'officer' && step === 'result') || (role === 'custodian' && step === 'released');

const isOver = ({ role, step }: Ceremony): boolean => role === 'unreadable' || step === 'sign-off';

/** What is mine to do comes first. */
const groups: readonly { readonly title: string; readonly has: (ceremony: Ceremony) => boolean }[] = [
  { title: 'Yours to do now', has: (ceremony) => !waits(ceremony) && !isOver(ceremony) },
  { title: 'Waits for others', has: waits },
  { title: 'At its end: to sign off, or signed off', has: isOver },
];

interface CeremonyLineProps {
  readonly ceremony: Ceremony;
  readonly busy: boolean;
  readonly onOpen: () => void;
}

function CeremonyLine({ ceremony, busy, onOpen }: CeremonyLineProps) {
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
      onOpen={unreadable ? null : { label: title || words, run: onOpen }}
    />
  );
}
