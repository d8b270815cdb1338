import { useState } from 'react';
import { Button } from '../button';
import { type Term, termName, terms } from './terms';

/** Explains a word where it stands, to whoever asks. */
export function WhatIs({ term }: { readonly term: Term }) {
  const [open, setOpen] = useState(false);
  return (
    <span className="what-is">
      <Button
        kind="plain"
        label={`What is this? ${termName[term]}`}
        expanded={open}
        onPress={() => setOpen(!open)}
      >
        What is this?
      </Button>
      {open ? (
        <span className="what-is-text" role="note">
          {terms[term]}
        </span>
      ) : null}
    </span>
  );
}
