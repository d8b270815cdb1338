import { useCallback, useEffect, useState } from 'react';
import { useKeepsOpen } from '../guard/use';
import { type Camera, listCameras, openCamera } from './camera';
import { CameraError } from './camera-error';

export interface CameraState {
  /** Null while it is starting, and where it can't. */
  readonly camera: Camera | null;
  readonly cameras: readonly string[];
  readonly problem: CameraError | null;
  readonly retry: () => void;
}

/** The camera of that name, or any, for as long as the caller is on the screen. */
export function useCamera(wanted: string | null): CameraState {
  const [camera, setCamera] = useState<Camera | null>(null);
  const [cameras, setCameras] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<CameraError | null>(null);
  const [attempt, setAttempt] = useState(0);
  useKeepsOpen(camera !== null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt starts it anew
  useEffect(() => {
    let gone = false;
    let open: Camera | null = null;
    const list = () =>
      void listCameras().then(
        (names) => gone || setCameras(names),
        () => undefined,
      );
    const fail = (why: unknown) => {
      if (gone) return;
      open?.stop();
      open = null;
      setCamera(null);
      setProblem(why instanceof CameraError ? why : new CameraError('unknown'));
    };
    setProblem(null);
    void openCamera(wanted, fail).then((opened) => {
      // Left while it was starting: it must not stay on.
      if (gone) return opened.stop();
      open = opened;
      setCamera(opened);
      list();
    }, fail);
    navigator.mediaDevices.addEventListener('devicechange', list);
    return () => {
      gone = true;
      open?.stop();
      setCamera(null);
      navigator.mediaDevices.removeEventListener('devicechange', list);
    };
  }, [wanted, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { camera, cameras, problem, retry };
}
