import { type Revealed, useHeldSecret } from './held-secret';
import { HoldButton } from './hold-button';
import { Problem } from './problem';

export interface SecretProps {
  readonly name: string;
  /** Marked with the word SECRET: it is one outside the ceremony's protection too. */
  readonly marked?: boolean;
  /** Asks the main process for the text; called at each hold. */
  readonly reveal: () => Promise<Revealed>;
  /** Makes of the text what is on the screen; without it, the text as it is. */
  readonly shown?: (text: string) => string | Node;
  readonly letter?: string;
  /** `data-testid` of the element that holds the text while it is held. */
  readonly testId?: string;
}

/**
 * A secret, covered until held. Its text goes from the answer straight into one DOM node, past React and
 * every store, and is taken out again on release. The node is no live region: a screen reader would say the
 * secret to the room, where its user may only have wanted to look.
 */
export function Secret({ name, marked = false, reveal, shown = asItIs, letter, testId }: SecretProps) {
  const { node, held, problem, onHold } = useHeldSecret(reveal, shown);

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

const asItIs = (text: string): string => text;

function HoldHint({ letter }: { readonly letter: string }) {
  return (
    <>
      Hold <kbd>{letter}</kbd> to read
    </>
  );
}
