import { CameraError, cameraErrorOf } from './camera-error';

/** A camera that runs, until `stop`. */
export interface Camera {
  readonly stream: MediaStream;
  /** As the system calls it. */
  readonly name: string;
  /** It looks where the person looks, away from them: its picture is then not mirrored. */
  readonly facesAway: boolean;
  /** Null where it has no light. */
  readonly torch: ((on: boolean) => Promise<void>) | null;
  /** Releases it: its indicator light goes off. */
  stop(): void;
}

interface TorchCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean;
}
interface TorchConstraints extends MediaTrackConstraintSet {
  readonly torch: boolean;
}

/** Names of the cameras of this laptop; those that may not be named before the first use are left out. */
export async function listCameras(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const names = devices.filter(({ kind }) => kind === 'videoinput').map(({ label }) => label);
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Starts the camera of that name, or any where there is none such. Throws `CameraError`. */
export async function openCamera(
  name: string | null,
  onUnplugged: (why: CameraError) => void,
): Promise<Camera> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const device = devices.find(({ kind, label }) => kind === 'videoinput' && label === name && label !== '');
  const stream = await start(device?.deviceId);
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CameraError('no-camera');
  // Names are given only after a camera was allowed: now the wanted one may turn out to be another.
  if (name !== null && device === undefined && track.label !== name) {
    const wanted = (await navigator.mediaDevices.enumerateDevices()).find(
      ({ kind, label }) => kind === 'videoinput' && label === name,
    );
    if (wanted !== undefined) {
      for (const one of stream.getTracks()) one.stop();
      return openCamera(name, onUnplugged);
    }
  }
  track.addEventListener('ended', () => onUnplugged(new CameraError('unplugged')));
  const capabilities: TorchCapabilities = track.getCapabilities();
  const light = (on: boolean): Promise<void> => {
    const constraints: TorchConstraints = { torch: on };
    return track.applyConstraints({ advanced: [constraints] });
  };
  return {
    stream,
    name: track.label,
    facesAway: track.getSettings().facingMode === 'environment',
    torch: capabilities.torch === true ? light : null,
    stop() {
      for (const one of stream.getTracks()) one.stop();
    },
  };
}

async function start(deviceId: string | undefined): Promise<MediaStream> {
  // 1280 × 720: larger frames take longer than they help.
  const video: MediaTrackConstraints = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw cameraErrorOf(error);
  }
}
