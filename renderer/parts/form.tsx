import { createContext, type FormEventHandler, type ReactNode, type RefObject, useId } from 'react';

/** The id of the form that a button inside it sends off, also where the button stands in the foot. */
export const FormId = createContext<string | undefined>(undefined);

export interface FormProps {
  readonly children: ReactNode;
  /** On Enter in a field, or by the button. */
  readonly onSubmit: () => void;
  readonly onBlur?: (() => void) | undefined;
  readonly onInput?: FormEventHandler<HTMLFormElement> | undefined;
  readonly field?: RefObject<HTMLFormElement | null>;
}

/** Fields that are sent off together. */
export function Form({ children, onSubmit, onBlur, onInput, field }: FormProps) {
  const id = useId();
  return (
    <FormId value={id}>
      <form
        id={id}
        ref={field}
        onBlur={onBlur}
        onInput={onInput}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </form>
    </FormId>
  );
}
