import { type ReactNode, type RefObject, useState } from 'react';
import { fileText } from '../../shared/input/file-text';
import { longestText } from '../../shared/input/lengths';
import { FileButton } from './file-button';
import { Problem } from './problem';

export interface SecretFileProps {
  readonly children: ReactNode;
  /** The field that the file's text goes to. */
  readonly field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  /** Bytes of the file, at most. */
  readonly largest?: number;
}

/** Reads a secret from a text file straight into its covered field. */
export function SecretFile({ children, field, largest = longestText.answer }: SecretFileProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > largest) {
      return setProblem(
        'This file is too large to be what is asked for here. Nothing was read. Choose another.',
      );
    }
    setProblem(null);
    const text = fileText(new Uint8Array(await file.arrayBuffer()));
    if (text === null) {
      return setProblem(
        'This file holds neither text nor anything of OpenPGP. Nothing was read. Choose another.',
      );
    }
    if (field.current === null) return;
    field.current.value = text;
    field.current.focus();
  };
  return (
    <div className="field">
      <FileButton onFiles={(files) => void read(files[0])}>{children}</FileButton>
      <Problem text={problem} />
    </div>
  );
}
