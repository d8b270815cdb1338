import { useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/button';
import type { Taken } from '../../parts/code-in/intake';
import { readPicture } from '../../parts/code-in/picture-reader';
import { listenToDrops } from '../../parts/code-in/window-drop';
import { FileButton } from '../../parts/file-button';
import { Problem } from '../../parts/problem';
import { Scanner } from '../../parts/scan/scanner';

const noCode =
  'No QR code could be read in this picture. Nothing was taken in. Take the picture again, closer and sharper, with the whole code and its white margin in it.';

/**
 * The code of a share card: held to the camera, or from a picture of it that is chosen, dropped or pasted.
 */
export function ScanCard({ take }: { readonly take: (text: string) => Promise<Taken> }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [camera, setCamera] = useState(false);
  const read = async (files: readonly File[]) => {
    setProblem(null);
    setBusy(true);
    const read = await Promise.all(files.map(readPicture));
    setBusy(false);
    const texts = read.flatMap((found) => (typeof found === 'string' ? [] : (found ?? [])));
    const why = read.find((found) => typeof found === 'string');
    if (texts.length === 0) return setProblem(why === undefined ? noCode : `${why} Nothing was taken in.`);
    for (const text of texts) if ((await take(text)).status === 'taken') return;
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
  if (camera) {
    return (
      <Scanner
        what="the code of your share card"
        take={take}
        reading={null}
        onReset={() => undefined}
        staysOn={false}
        onClose={() => setCamera(false)}
      />
    );
  }
  return (
    <div className="field">
      <div className="row row-tight">
        <Button kind="quiet" onPress={() => setCamera(true)}>
          Use the camera
        </Button>
        <FileButton several onFiles={(files) => void read(files)}>
          {busy ? 'Reading…' : 'Choose a picture of the card'}
        </FileButton>
      </div>
      <span className="field-hint">
        Or drop or paste a picture here. A scanner that types works too, with the field below in focus.
      </span>
      <Problem text={problem} />
    </div>
  );
}
