import { type RefObject, useId, useState } from 'react';
import { HoldButton } from './hold-button';

export interface SecretFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** The element itself: the secret lives nowhere else, and its owner empties it. */
  readonly field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  readonly lines?: number;
  readonly newPassphrase?: boolean;
  readonly maxLength?: number;
  /** What is wrong with it, said right below: the field is marked for as long as this is not null. */
  readonly wrong?: string | null;
}

/** A field that covers what is typed; holding its button shows it. It keeps no state of its own. */
export function SecretField({ label, hint, field, lines = 1, ...props }: SecretFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const wrong = props.wrong ?? null;
  const common = {
    id,
    autoComplete: props.newPassphrase === true ? 'new-password' : 'off',
    autoCapitalize: 'none',
    autoCorrect: 'off',
    spellCheck: false,
    maxLength: props.maxLength ?? 1000,
    'aria-describedby': wrong === null ? `${id}-hint` : `${id}-wrong ${id}-hint`,
    ...(wrong === null ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="input-row">
        {lines > 1 ? (
          <textarea
            {...common}
            ref={field as RefObject<HTMLTextAreaElement | null>}
            rows={lines}
            className={shown ? 'input input-mono' : 'input input-mono input-covered'}
          />
        ) : (
          <input
            {...common}
            ref={field as RefObject<HTMLInputElement | null>}
            type={shown ? 'text' : 'password'}
            className="input input-mono"
          />
        )}
        <HoldButton label={`Hold to show: ${label}`} onHold={setShown}>
          Hold to show
        </HoldButton>
      </div>
      <span className="field-hint" id={`${id}-hint`}>
        {hint}
      </span>
      {wrong === null ? null : (
        <span className="field-wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
    </div>
  );
}

/** What the field holds, as the main process takes a typed secret: in UTF-8. */
export const secretIn = (field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>): Uint8Array =>
  new TextEncoder().encode(field.current?.value ?? '');

/** Takes the secret out of its field, which is empty afterwards: UTF-8. */
export function takeSecret(field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>): Uint8Array {
  const secret = secretIn(field);
  emptySecret(field);
  return secret;
}

export function emptySecret(field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>): void {
  if (field.current !== null) field.current.value = '';
}
