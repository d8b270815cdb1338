import { Choice, Tick } from '../../../parts/choice';
import { TextField } from '../../../parts/text-field';
import type { FieldSpec } from './templates';

/** Somebody of the plan for whom a task can make something. */
export interface Recipient {
  /** Lower-case hex. */
  readonly fingerprint: string;
  readonly name: string;
  readonly role: string;
}

export interface TaskFieldProps {
  readonly spec: FieldSpec;
  readonly value: string | boolean | undefined;
  readonly recipients: readonly Recipient[];
  /** What is wrong with it; null where nothing is. */
  readonly wrong: string | null;
  readonly onChange: (value: string | boolean) => void;
}

/** One field of a task's form, with what choosing it means. */
export function TaskField({ spec, value, recipients, wrong, onChange }: TaskFieldProps) {
  const text = typeof value === 'string' ? value : '';
  const field = { label: spec.label, hint: spec.hint, value: text, wrong, onChange };
  switch (spec.kind) {
    case 'flag':
      return (
        <div className="field" data-wrong={wrong === null ? undefined : 'tick'}>
          <Tick name={spec.label} hint={spec.hint} on={value === true} onChange={onChange} />
          {wrong === null ? null : (
            <span className="field-wrong" role="alert">
              {wrong}
            </span>
          )}
        </div>
      );
    case 'choice':
      return (
        <Choice label={spec.label} options={spec.options} value={text} wrong={wrong} onChange={onChange} />
      );
    case 'person':
      return (
        <Choice
          label={spec.label}
          options={[
            ...(spec.nobody === undefined ? [] : [spec.nobody]),
            ...recipients.map(({ fingerprint, name, role }) => ({
              value: fingerprint,
              name: `${name} · ${role}`,
              hint: spec.hint === '' ? 'What the server answers is sealed to this person.' : spec.hint,
            })),
          ]}
          value={text}
          wrong={wrong}
          onChange={onChange}
        />
      );
    case 'lines':
    case 'json':
      return (
        <TextField
          {...field}
          mono
          lines={spec.kind === 'json' ? 4 : 8}
          placeholder={spec.placeholder}
          maxLength={20_000}
        />
      );
    case 'line':
      return (
        <TextField
          {...field}
          mono={spec.mono === true}
          maxLength={300}
          {...(spec.placeholder === undefined ? {} : { placeholder: spec.placeholder })}
        />
      );
    default:
      return (
        <TextField
          {...field}
          mono={spec.kind === 'words'}
          short={spec.kind !== 'words'}
          maxLength={300}
          {...(spec.placeholder === undefined ? {} : { placeholder: spec.placeholder })}
        />
      );
  }
}
