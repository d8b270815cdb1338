import { useId } from 'react';

export interface SelectOption {
  readonly value: string;
  readonly name: string;
}

export interface SelectProps {
  /** What is chosen, where the text beside it does not say it to a screen reader. */
  readonly label: string;
  readonly options: readonly SelectOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of several, in a row: the choice shows, the others come with a click. */
export function Select({ label, options, value, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="select-box">
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}
