import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../button';
import type { Reading, Taken } from '../code-in/intake';
import { prefer, usePreferences } from '../preferences';
import { Done, Problem } from '../problem';
import { codeFeed } from './code-feed';
import { readFrames } from './frame-reader';
import { freshScan, type Scan, withAnswer, withSighting } from './scan';
import { ScanView } from './scan-view';
import { ScanWords } from './scan-words';
import { useCamera } from './use-camera';

export interface ScannerProps {
  /** What is expected: "the station's code". */
  readonly what: string;
  /** Takes the text of a code; the same as for every other carrier. */
  readonly take: (text: string) => Promise<Taken>;
  /** Parts that were read before, by whatever carrier. */
  readonly reading: Reading | null;
  readonly onReset: () => void;
  /** The camera stays on after a message was taken: the next one is to come. */
  readonly staysOn: boolean;
  /** The camera is off again: by the person, or because a whole message was taken. */
  readonly onClose: (taken: Taken | null) => void;
}

/** The camera as a way in. It runs while this is on the screen, and is released with it. */
export function Scanner({ what, take, reading, onReset, staysOn, onClose }: ScannerProps) {
  const wanted = usePreferences(({ camera }) => camera);
  const { camera, cameras, problem, retry } = useCamera(wanted);
  const [scan, setScan] = useState<Scan>(freshScan);
  const [light, setLight] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const section = useRef<HTMLElement>(null);
  const latest = useRef({ take, staysOn, onClose });
  useEffect(() => {
    latest.current = { take, staysOn, onClose };
  });

  useEffect(() => {
    section.current?.focus();
    const stop = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      latest.current.onClose(null);
    };
    window.addEventListener('keydown', stop);
    return () => window.removeEventListener('keydown', stop);
  }, []);

  useEffect(() => {
    const element = video.current;
    if (camera === null || element === null) return;
    let over = false;
    element.srcObject = camera.stream;
    // A video that may not play by itself yet does with the first frame; nothing else can go wrong here.
    void element.play().catch(() => undefined);
    const feed = codeFeed(
      (text) => latest.current.take(text),
      (answer, again, at) => {
        if (over) return;
        setScan((now) => withAnswer(now, answer, again, at));
        if (answer.status !== 'taken' || again || latest.current.staysOn) return;
        over = true;
        latest.current.onClose(answer);
      },
    );
    const stop = readFrames(element, (seen) => {
      const at = performance.now();
      setScan((now) => withSighting(now, seen, at));
      for (const { text } of seen.codes) feed.offer(text, at);
    });
    return () => {
      over = true;
      stop();
      element.srcObject = null;
    };
  }, [camera]);

  const startOver = useCallback(() => {
    setScan(({ coach }) => ({ ...freshScan, coach }));
    onReset();
  }, [onReset]);

  const torch = camera?.torch ?? null;
  return (
    <section
      className="scan"
      aria-label={`Camera: read ${what}`}
      ref={section}
      tabIndex={-1}
      data-testid="scanner"
    >
      <ScanView
        video={video}
        mirrored={camera?.facesAway === false}
        scan={scan}
        on={camera !== null}
        starting={problem === null}
      />
      <ScanWords scan={scan} reading={scan.reading ?? reading} on={camera !== null} onReset={startOver} />
      <Problem text={problem?.message ?? scan.refused?.message} />
      <Done text={scan.taken?.text ?? null} />
      <div className="row scan-row">
        <Button kind="quiet" onPress={() => onClose(null)}>
          Stop the camera <kbd>Esc</kbd>
        </Button>
        {problem === null ? null : (
          <Button kind="quiet" onPress={retry}>
            Try again
          </Button>
        )}
        {torch === null ? null : (
          <Button
            kind="quiet"
            onPress={() =>
              void torch(!light).then(
                () => setLight(!light),
                () => undefined,
              )
            }
          >
            {light ? 'Light off' : 'Light on'}
          </Button>
        )}
        {cameras.length < 2 ? null : (
          <label className="scan-device">
            <span>Camera</span>
            <select
              className="input"
              value={camera?.name ?? wanted ?? ''}
              onChange={(event) => prefer({ camera: event.target.value })}
            >
              {cameras.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </div>
    </section>
  );
}
