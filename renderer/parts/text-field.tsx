import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';

export interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly short?: boolean;
  readonly placeholder?: string;
  /** What is wrong with it, said right below: the field is marked for as long as this is not null. */
  readonly wrong?: string | null;
}

/** A field for text that is no secret; its value is its owner's. For secrets see `SecretField`. */
export function TextField({ label, hint, lines = 1, ...props }: TextFieldProps) {
  const look = `input${props.mono === true ? ' input-mono' : ''}${props.short === true ? ' input-short' : ''}`;
  const wrong = props.wrong ?? null;
  const placeholder = props.placeholder === undefined ? {} : { placeholder: props.placeholder };
  return (
    <AriaTextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      isRequired={props.required === true}
      isInvalid={wrong !== null}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    >
      <Label className="field-label">{label}</Label>
      {lines > 1 ? (
        <TextArea className={look} rows={lines} {...placeholder} />
      ) : (
        <Input className={look} {...placeholder} />
      )}
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {wrong === null ? null : <FieldError className="field-wrong">{wrong}</FieldError>}
    </AriaTextField>
  );
}
