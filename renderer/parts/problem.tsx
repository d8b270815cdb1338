import { useEffect, useRef } from 'react';

/** The sentence of an error, said aloud by a screen reader as soon as it appears, and scrolled to. */
export function Problem({ text }: { readonly text: string | null | undefined }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text) shown.current?.scrollIntoView({ block: 'nearest' });
  }, [text]);
  if (text === null || text === undefined) return null;
  return (
    <div className="problem" role="alert" ref={shown}>
      {text}
    </div>
  );
}

/** Something that went well, said politely. */
export function Done({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <div className="note" role="status">
      {text}
    </div>
  );
}
