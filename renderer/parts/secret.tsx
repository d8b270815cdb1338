import { type Revealed, useHeldSecret } from './held-secret';
import { HoldButton } from './hold-button';
import { Problem } from './problem';

export interface SecretProps {
  readonly name: string;
  /** Marked with the word SECRET: it is one outside the ceremony's protection too. */
  readonly marked?: boolean;
  /** Asks the main process for the text; called at each hold. */
  readonly reveal: () => Promise<Revealed>;
  readonly letter?: string;
  /** `data-testid` of the element that holds the text while it is held. */
  readonly testId?: string;
}

/**
 * A secret, covered until held. Its text goes from the answer straight into one DOM node, past React and
 * every store, and is taken out again on release. The node is no live region: a screen reader would say the
 * secret to the room, where its user may only have wanted to look.
 */
export function Secret({ name, marked = false, reveal, letter, testId }: SecretProps) {
  const { node, held, problem, onHold } = useHeldSecret(reveal, (text) => text);

  return (
    <section className="secret" aria-label={name}>
      <div className="secret-head">
        <span className="secret-name">
          {marked ? <span className="secret-mark">SECRET</span> : null}
          {name}
        </span>
        <HoldButton
          label={letter === undefined ? `Hold to read: ${name}` : `Hold ${letter} to read: ${name}`}
          onHold={onHold}
          {...(letter === undefined ? {} : { letter })}
        >
          {letter === undefined ? 'Hold to read' : <HoldHint letter={letter} />}
        </HoldButton>
      </div>
      <div className="secret-text">
        {held ? null : <span className="secret-cover" aria-hidden="true" />}
        <div ref={node} {...(testId === undefined ? {} : { 'data-testid': testId })} />
      </div>
      <Problem text={problem} />
    </section>
  );
}

function HoldHint({ letter }: { readonly letter: string }) {
  return (
    <>
      Hold <kbd>{letter}</kbd> to read
    </>
  );
}
