import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { openCodeReader } from '../../../shared/qr/code-reader';
import { judgeFrame } from '../../../shared/qr/frame-judge';
import { readFrame } from '../../../shared/qr/read-frame';
import { grabLuma } from './grab-luma';
import type { Sighting } from './sighting';

/** A frame to read. `judge`: also say why, where there is no code in it. */
export interface FrameRequest {
  readonly frame: VideoFrame | ImageBitmap;
  readonly judge: boolean;
}
/** Null where the frame could not be opened. */
export type FrameAnswer = Sighting | null;

/** Codes looked for in one frame: on a table, others may lie beside ours. */
const mostCodes = 3;

/** The reader's code comes from our own assets; without this it would ask a server on the Internet for it. */
const ready = fetch(wasmAddress)
  .then((response) => response.arrayBuffer())
  .then(openCodeReader);

async function see({ frame, judge }: FrameRequest): Promise<Sighting> {
  const look = await ready;
  const picture = await grabLuma(frame);
  const codes = readFrame(look, picture, mostCodes);
  const verdict = codes.length === 0 && judge ? judgeFrame(picture) : null;
  return { codes, verdict, width: picture.width, height: picture.height };
}

self.onmessage = (event: MessageEvent<FrameRequest>) => {
  void see(event.data)
    .catch(() => null)
    .then((answer: FrameAnswer) => {
      event.data.frame.close();
      self.postMessage(answer);
    });
};
