import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../button';
import { FileButton } from '../file-button';
import { Foot } from '../foot';
import { PartMap } from '../part-map';
import { Done, Problem } from '../problem';
import { Scanner } from '../scan/scanner';
import { TextField } from '../text-field';
import { useCameraKey } from './camera-key';
import { type Intake, type Reading, type Taken, takeFiles, takeTyped } from './intake';
import { readPicture } from './picture-reader';
import { listenToScanner } from './scanner-keys';
import { listenToDrops } from './window-drop';

export interface CodeInProps {
  /** What is expected here: "the station's code". */
  readonly what: string;
  readonly intake: Intake;
  /** The file that the program was started on, or why there is none of it; null where there was none. */
  readonly opened: () => Promise<File | Taken | null>;
  /** Parts of a moving code read so far. */
  readonly reading: Reading | null;
  /** Forgets the parts read so far. */
  readonly onReset: () => void;
  /** What became since of the message that was taken last: what was said of it then holds no more. */
  readonly became: { readonly ok: boolean; readonly text: string } | null;
  /** Something else is being taken in: what became of the message before it is over. */
  readonly onBegin: () => void;
  /** The primary action of the screen is another. */
  readonly aside: boolean;
  /** Several messages come one after the other: the camera stays on. */
  readonly several?: boolean;
}

/** The way in for every message: picture, file, paste, typed text, scanner. One at a time in a window. */
export function CodeIn(props: CodeInProps) {
  const { what, intake, opened, reading, onReset, became, onBegin, aside, several = false } = props;
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const [camera, setCamera] = useState(false);
  const start = useRef<HTMLSpanElement>(null);
  useCameraKey(() => {
    setTaken(null);
    setCamera(true);
  });
  const closeCamera = (result: Taken | null): void => {
    setTaken(result);
    flushSync(() => setCamera(false));
    start.current?.querySelector('button')?.focus();
  };

  const work = async (job: () => Promise<Taken>): Promise<void> => {
    setBusy(true);
    setTaken(null);
    onBegin();
    setTaken(await job());
    setBusy(false);
  };
  const files = (chosen: readonly File[]) => work(() => takeFiles(chosen, intake, readPicture));
  const text = (pasted: string) =>
    work(async () => {
      const result = await takeTyped(pasted, intake);
      if (result.status !== 'refused' || result.secret === true) setTyped('');
      return result;
    });

  const started = async (): Promise<void> => {
    const file = await opened();
    if (file instanceof File) await files([file]);
    else if (file !== null) setTaken(file);
  };

  const latest = useRef({ files, text, started });
  useEffect(() => {
    latest.current = { files, text, started };
  });
  useEffect(() => {
    void latest.current.started();
    const stopDrops = listenToDrops({
      files: (chosen) => void latest.current.files(chosen),
      text: (pasted) => void latest.current.text(pasted),
      over: setOver,
    });
    const stopScanner = listenToScanner((scanned) => void latest.current.text(scanned));
    return () => {
      stopDrops();
      stopScanner();
    };
  }, []);

  const startCamera = (
    <span className={aside ? 'contents' : 'foot-first'} ref={start}>
      <Button
        kind={aside ? 'quiet' : 'primary'}
        onPress={() => {
          setTaken(null);
          setCamera(true);
        }}
      >
        Use the camera <kbd>C</kbd>
      </Button>
    </span>
  );

  return (
    <section className={over ? 'code-in code-in-over' : 'code-in'} aria-label={`Take in ${what}`}>
      {camera ? null : (
        <p>
          Hold {what} to the camera. Or drop a picture of it anywhere on this window, or the file itself.
          Pasting works too, and so does a scanner that types.
        </p>
      )}
      {camera ? (
        <Scanner
          what={what}
          take={(text) => intake.text(text, 'qr')}
          reading={reading}
          onReset={onReset}
          staysOn={several}
          onClose={closeCamera}
        />
      ) : null}
      {aside || camera ? null : <Foot>{startCamera}</Foot>}
      <div className="scan-start">
        {aside && !camera ? startCamera : null}
        <FileButton several onFiles={(chosen) => void files(chosen)}>
          {busy ? 'Reading…' : 'Choose a picture or file'}
        </FileButton>
      </div>
      {reading === null || camera ? null : <PartsRead reading={reading} onReset={onReset} />}
      <form
        className="code-in-text"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') void text(typed);
        }}
      >
        <TextField
          label="Text of the code"
          value={typed}
          onChange={setTyped}
          mono
          placeholder="UR:AIRLOCK/…"
        />
        <Button submit kind="quiet" busy={busy}>
          Take it in
        </Button>
      </form>
      <Outcome taken={taken} became={became} />
    </section>
  );
}

function PartsRead({ reading, onReset }: { readonly reading: Reading; readonly onReset: () => void }) {
  const missing = reading.of - reading.have;
  const text = `${reading.have} of ${reading.of} parts read. ${missing > 0 ? `${missing} to go.` : ''}`;
  return (
    <div className="row row-tight" role="status">
      <PartMap seen={reading.seen} label={text} />
      <span>{text}</span>
      <Button kind="link" onPress={onReset}>
        Start over
      </Button>
    </div>
  );
}

function Outcome({ taken, became }: Pick<CodeInProps, 'became'> & { readonly taken: Taken | null }) {
  if (became !== null) return became.ok ? <Done text={became.text} /> : <Problem text={became.text} />;
  if (taken?.status === 'refused') return <Problem text={taken.message} />;
  return <Done text={taken?.status === 'taken' ? taken.text : null} />;
}
