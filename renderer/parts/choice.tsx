import { type ReactNode, useId } from 'react';

export interface Option<V extends string> {
  readonly value: V;
  readonly name: string;
  readonly hint?: ReactNode;
}

export interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly options: readonly Option<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  /** What is wrong with it, said under its name: it is marked for as long as this is not null. */
  readonly wrong?: string | null;
}

/** One of several. */
export function Choice<V extends string>({ label, options, value, onChange, wrong = null }: ChoiceProps<V>) {
  const group = useId();
  return (
    <fieldset
      className="fieldset"
      data-wrong={wrong !== null || undefined}
      {...(wrong === null ? {} : { 'aria-describedby': `${group}-wrong` })}
    >
      <legend>{label}</legend>
      {wrong === null ? null : (
        <span className="field-wrong" id={`${group}-wrong`}>
          {wrong}
        </span>
      )}
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'choice choice-on' : 'choice'}>
          <input
            type="radio"
            name={group}
            checked={option.value === value}
            aria-describedby={`${group}-${option.value}`}
            aria-labelledby={`${group}-${option.value}-name`}
            onChange={() => onChange(option.value)}
          />
          <span className="choice-name" id={`${group}-${option.value}-name`}>
            {option.name}
          </span>
          <span className="choice-hint" id={`${group}-${option.value}`}>
            {option.hint}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface TickProps {
  readonly name: string;
  readonly hint?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly disabled?: boolean;
}

/** Yes or no. */
export function Tick({ name, hint, on, onChange, disabled = false }: TickProps) {
  const id = useId();
  return (
    <label className="choice choice-plain">
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="choice-name" id={`${id}-name`}>
        {name}
      </span>
      <span className="choice-hint" id={`${id}-hint`}>
        {hint}
      </span>
    </label>
  );
}
