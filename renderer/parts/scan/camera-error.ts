import { AirlockError } from '../../../shared/airlock-error';

export type CameraErrorCode = 'no-camera' | 'in-use' | 'denied' | 'unplugged' | 'unknown';

const otherWays = 'or bring the code as a picture or a file';

const sentences: Readonly<Record<CameraErrorCode, string>> = {
  'no-camera': `This laptop has no camera, or it is switched off. Plug one in or open its cover, then try again, ${otherWays}.`,
  'in-use': `The camera could not be started: most likely another program is using it. Close that program and try again, ${otherWays}.`,
  denied: `The system does not let Airlock use the camera. Allow it in the system’s privacy settings and try again, ${otherWays}.`,
  unplugged:
    'The camera was unplugged or switched off while reading. What was read so far is kept. Plug it in and start the camera again.',
  unknown: `The camera could not be started. Try again or choose another one, ${otherWays}.`,
};

/** A camera that can't be used, or no longer. */
export class CameraError extends AirlockError<CameraErrorCode> {
  constructor(code: CameraErrorCode) {
    super(code, sentences[code]);
  }
}

/** Names of what `getUserMedia` rejects with (W3C Media Capture and Streams, 10.2.1). */
const codes: Readonly<Record<string, CameraErrorCode>> = {
  NotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
};

export function cameraErrorOf(error: unknown): CameraError {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return new CameraError((Object.hasOwn(codes, name) ? codes[name] : undefined) ?? 'unknown');
}
