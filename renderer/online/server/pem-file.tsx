import { useState } from 'react';
import { plainText } from '../../../shared/input/plain-bytes';
import { FileButton } from '../../parts/file-button';
import { Problem } from '../../parts/problem';

const largest = 200_000;

export interface PemFileProps {
  readonly label: string;
  readonly hint: string;
  readonly onText: (text: string | null) => void;
}

/** A certificate or key, chosen as a file in PEM. */
export function PemFile({ label, hint, onText }: PemFileProps) {
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = file.size > largest ? null : plainText(new Uint8Array(await file.arrayBuffer()));
    const fits = text?.includes('-----BEGIN ') === true;
    setName(fits ? file.name : null);
    setProblem(fits ? null : `${file.name} isn’t PEM (no “-----BEGIN” in it). Nothing was read.`);
    onText(fits ? text : null);
  };
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <FileButton label={`${name ?? 'Choose a file'}: ${label}`} onFiles={(files) => void take(files[0])}>
        {name ?? 'Choose a file'}
      </FileButton>
      <span className="field-hint">{hint}</span>
      <Problem text={problem} />
    </div>
  );
}
