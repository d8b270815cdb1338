import { aloneSentence } from '../../../shared/ceremony/giving';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import { Problem } from '../../parts/problem';
import { Select } from '../../parts/select';
import { Statement } from '../statement';
import type { Giving } from './giving';
import { ShareCounts } from './share-counts';

export interface SharesTravelProps {
  readonly giving: Giving;
  readonly threshold: number;
  readonly draft: PlanDraft;
  /** What is wrong with where the shares go; null where nothing was said to be. */
  readonly problem: string | null;
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

/** Whose station takes whose share. A laptop seals its share to that station, and to no other. */
export function SharesTravel({ giving, threshold, draft, problem, onChange }: SharesTravelProps) {
  const { custodians, operators, alone } = giving;
  if (custodians.length === 0) return null;
  return (
    <fieldset className="fieldset" data-wrong={problem !== null || undefined}>
      <legend>Where shares go</legend>
      {operators.length === 0 ? (
        <p className="quiet">
          No operator is picked, so no share goes to an Airlock station: each is typed at the vault or bao
          command line. Whoever sees {threshold} of them there could rebuild the root key.
        </p>
      ) : (
        <Stations {...{ giving, threshold, draft, onChange }} />
      )}
      <Problem text={problem} />
      {alone.length === 0 ? null : (
        <Statement
          text={aloneSentence(alone)}
          on={draft.quorumAtOneStation}
          onChange={(quorumAtOneStation) => onChange({ quorumAtOneStation })}
        />
      )}
      <ShareCounts custodians={custodians} onChange={(shares) => onChange({ shares })} />
    </fieldset>
  );
}

function Stations({ giving, threshold, draft, onChange }: Omit<SharesTravelProps, 'problem'>) {
  const { custodians, operators, given } = giving;
  const options = [
    ...operators.map(({ id, name }) => ({ value: id, name: `${name}'s station` })),
    { value: '', name: 'Reserve' },
  ];
  return (
    <>
      <p className="quiet">
        No station gets as many as the {threshold} that the server needs. Whoever is left over is a reserve,
        and can step in.
      </p>
      <ul className="giving">
        {custodians.map(({ fingerprint, name, shares, givesTo }) => (
          <li key={fingerprint}>
            <span className="giving-name">
              {name}
              {shares === undefined ? '' : ` · ${shares} shares`}
            </span>
            <Select
              label={`${name} gives to`}
              options={options}
              value={givesTo ?? ''}
              onChange={(station) => onChange({ stations: { ...draft.stations, [fingerprint]: station } })}
            />
          </li>
        ))}
      </ul>
      <p className={given < threshold ? 'quiet' : 'good'} role="status">
        {given} of the {threshold} shares needed have a station.
      </p>
      <ul className="giving-counts">
        {operators.map(({ id, name, seen }) => (
          <li key={id} className={seen >= threshold ? 'giving-too-many' : ''}>
            {name}: <span className="giving-count">{seen}</span> of {threshold} shares
          </li>
        ))}
      </ul>
    </>
  );
}
