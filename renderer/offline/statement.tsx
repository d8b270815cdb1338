import { Tick } from '../parts/choice';

export interface StatementProps {
  /** What somebody alone could do, without a full stop. */
  readonly text: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** What the officer has to state before it may be so, worded as what it is. */
export function Statement({ text, on, onChange }: StatementProps) {
  return (
    <div className="statement">
      <Tick
        name={text}
        hint="I state that it may be so. Every custodian reads it before they release a share, and the transcript has it as an exception."
        on={on}
        onChange={onChange}
      />
    </div>
  );
}
