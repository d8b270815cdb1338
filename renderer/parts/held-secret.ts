import { useEffect, useRef, useState } from 'react';

/** What the main process answers when a secret is to be shown: its text, or a sentence why not. */
export type Revealed =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/**
 * A secret that is on the screen only while it is held. It goes from the answer straight into one DOM node,
 * past React and every store, and is taken out again on release. `reveal` asks the main process for it, at
 * each hold; `shown` makes of it what the node gets.
 */
export function useHeldSecret(reveal: () => Promise<Revealed>, shown: (text: string) => string | Node) {
  const node = useRef<HTMLDivElement>(null);
  const hold = useRef(0);
  const [held, setHeld] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const element = node.current;
    return () => {
      hold.current += 1;
      element?.replaceChildren();
    };
  }, []);

  const onHold = (holding: boolean): void => {
    hold.current += 1;
    const mine = hold.current;
    node.current?.replaceChildren();
    setHeld(false);
    if (!holding) return;
    setProblem(null);
    void reveal().then((answer) => {
      if (mine !== hold.current) return;
      if (!answer.ok) return setProblem(answer.message);
      setHeld(true);
      node.current?.replaceChildren(shown(answer.text));
    });
  };

  return { node, held, problem, onHold };
}
