import { useEffect, useRef, useState } from 'react';
import { readPicture } from '../../parts/code-in/picture-reader';
import { listenToDrops } from '../../parts/code-in/window-drop';
import { FileButton } from '../../parts/file-button';
import { Problem } from '../../parts/problem';

const noCode =
  'No QR code could be read in this picture. Nothing was taken in. Take the picture again, closer and sharper, with the whole code and its white margin in it.';

/** The code of a share card, from a picture of it: chosen, dropped on the window or pasted. */
export function ScanCard({ take }: { readonly take: (text: string) => Promise<boolean> }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const read = async (files: readonly File[]) => {
    setProblem(null);
    setBusy(true);
    const texts = (await Promise.all(files.map(readPicture))).flatMap((found) => found ?? []);
    setBusy(false);
    if (texts.length === 0) return setProblem(noCode);
    for (const text of texts) if (await take(text)) return;
  };
  const latest = useRef({ read, take });
  useEffect(() => {
    latest.current = { read, take };
  });
  useEffect(
    () =>
      listenToDrops({
        files: (files) => void latest.current.read(files),
        text: (text) => void latest.current.take(text),
        over: () => undefined,
      }),
    [],
  );
  return (
    <div className="field">
      <FileButton several onFiles={(files) => void read(files)}>
        {busy ? 'Reading…' : 'Choose a picture of the card'}
      </FileButton>
      <span className="field-hint">
        Or drop or paste one here. A scanner that types works too, with the field below in focus.
      </span>
      <Problem text={problem} />
    </div>
  );
}
