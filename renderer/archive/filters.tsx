import { useId } from 'react';
import { listAddress, replaceAddress } from './address';

const CHOICES = [
  [
    'verdict',
    'Verdict',
    [
      ['', 'any'],
      ['proven', 'proven'],
      ['incomplete', 'incomplete'],
      ['broken', 'broken'],
    ],
  ],
  [
    'rehearsal',
    'Rehearsals',
    [
      ['', 'with them'],
      ['0', 'without'],
      ['1', 'only those'],
    ],
  ],
  [
    'notRevoked',
    'Root token',
    [
      ['', 'any'],
      ['1', 'not proven revoked'],
    ],
  ],
  [
    'role',
    'Role',
    [
      ['', 'any'],
      ['officer', 'officer'],
      ['custodian', 'custodian'],
      ['operator', 'operator'],
      ['witness', 'witness'],
    ],
  ],
  [
    'held',
    'Legal hold',
    [
      ['', 'any'],
      ['1', 'on hold'],
    ],
  ],
] as const;

const REHEARSALS = [
  [
    'rehearsal',
    'Rehearsals',
    [
      ['', 'without'],
      ['1', 'with them'],
    ],
  ],
] as const;

const TEXTS = [
  ['person', 'Person', 'text'],
  ['server', 'Server', 'text'],
  ['ticket', 'Ticket', 'text'],
  ['from', 'From day (UTC)', 'date'],
  ['to', 'To day (UTC)', 'date'],
] as const;

interface FiltersProps {
  readonly query: URLSearchParams;
  /** Of root tokens only the period is asked for, and whether with rehearsals. */
  readonly at?: 'list' | 'tokens';
}

const PERIOD: ReadonlySet<string> = new Set(['from', 'to', 'rehearsal']);

/** What is asked of a list besides words: all of it holds at once. */
export function Filters({ query, at = 'list' }: FiltersProps) {
  const set = (name: string, value: string): void =>
    replaceAddress(listAddress(query, { [name]: value }, at));
  const asks = (name: string): boolean => at === 'list' || PERIOD.has(name);
  const isAsked = [...query.keys()].length > 0;
  return (
    <fieldset className="archive-filters">
      <legend className="unseen">Filters</legend>
      {TEXTS.filter(([name]) => asks(name)).map(([name, label, type]) => (
        <Labelled key={name} label={label}>
          {(id) => (
            <input
              id={id}
              type={type}
              className="input"
              value={query.get(name) ?? ''}
              onChange={(event) => set(name, event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Labelled>
      ))}
      {(at === 'list' ? CHOICES : REHEARSALS).map(([name, label, options]) => (
        <Labelled key={name} label={label}>
          {(id) => (
            <select
              id={id}
              className="select"
              value={query.get(name) ?? ''}
              onChange={(event) => set(name, event.target.value)}
            >
              {options.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      ))}
      {isAsked ? (
        <a className="archive-clear" href={listAddress(new URLSearchParams(), {}, at)}>
          Show all
        </a>
      ) : null}
    </fieldset>
  );
}

function Labelled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (id: string) => React.ReactNode;
}) {
  const id = useId();
  return (
    <div className="archive-filter">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
