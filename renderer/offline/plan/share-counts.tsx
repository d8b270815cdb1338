import { sharesOf } from '../../../shared/ceremony/giving';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import { More } from '../../parts/more';
import { Select } from '../../parts/select';

export interface ShareCountsProps {
  readonly custodians: readonly ParticipantState[];
  readonly onChange: (shares: Record<string, number>) => void;
}

const most = 16;
const counts = Array.from({ length: most }, (_, index) => ({
  value: String(index + 1),
  name: index === 0 ? '1 share' : `${index + 1} shares`,
}));

/** Mostly everyone holds one share. Who holds more is asked for them all, at one station. */
export function ShareCounts({ custodians, onChange }: ShareCountsProps) {
  const held = Object.fromEntries(custodians.map((person) => [person.fingerprint, sharesOf(person)]));
  return (
    <More title="Someone holds more than one share" open={custodians.some((person) => sharesOf(person) > 1)}>
      <ul className="giving">
        {custodians.map(({ fingerprint, name }) => (
          <li key={fingerprint}>
            <span className="giving-name">{name}</span>
            <Select
              label={`${name} holds`}
              options={counts}
              value={String(held[fingerprint] ?? 1)}
              onChange={(value) => {
                const next = { ...held, [fingerprint]: Number(value) };
                onChange(Object.fromEntries(Object.entries(next).filter(([, count]) => count > 1)));
              }}
            />
          </li>
        ))}
      </ul>
    </More>
  );
}
