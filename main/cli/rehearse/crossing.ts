import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../../shared/bytes';
import { parseWire, type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { UrReader } from '../../../shared/qr/ur';
import { writeQrFiles } from '../../qr/qr-files';
import { readQrImage } from '../../qr/read-image';
import { fileSafeName } from '../../store/file-name';
import { makeFolders } from '../../store/folder';
import { stepFailed } from './rehearse-error';

/** A message that was drawn as QR pictures: whoever takes it in reads the pixels again. */
export interface DrawnMessage {
  /** Digest of the message, hex. */
  readonly digest: string;
  readonly type: string;
  /** PNG files, in the order of the parts, relative to the output folder. */
  readonly files: readonly string[];
}

/** Pixels a module: nobody stands before these pictures with a camera. */
const SMALLEST_MODULE = 6;

/** The air gap of a rehearsal: nothing passes but pictures of QR codes. */
export class Crossing {
  private readonly drawn: DrawnMessage[] = [];

  constructor(private readonly out: string) {
    makeFolders(join(out, 'qr'));
  }

  get pictures(): readonly DrawnMessage[] {
    return this.drawn;
  }

  /** Draws a message as one PNG a part. `from`: who shows it, for the file names. */
  async draw(message: SignedMessage, from: string): Promise<DrawnMessage> {
    const { type } = message.envelope;
    const stem = `${String(this.drawn.length + 1).padStart(2, '0')}-${type}-${fileSafeName(from)}`;
    const names = writeQrFiles(join(this.out, 'qr'), stem, wireBytes(message), SMALLEST_MODULE);
    const files = names.map((name) => join('qr', name));
    const drawn = { digest: toHex(message.digest), type, files };
    this.drawn.push(drawn);
    return drawn;
  }

  /** The texts that stand in the pictures of a message, read from their pixels. */
  async read(message: DrawnMessage): Promise<string[]> {
    const texts: string[] = [];
    for (const file of message.files)
      texts.push(...(await readQrImage(new Uint8Array(readFileSync(join(this.out, file))))));
    return texts;
  }

  /**
   * The message in the pictures, as an online station takes it in. Throws `MessageError`, `RehearseError`
   * 'step-failed'.
   */
  async readMessage(message: DrawnMessage): Promise<SignedMessage> {
    return messageIn(await this.read(message), message);
  }
}

/** The message in texts that were read from its pictures. Throws as `Crossing.readMessage` does. */
export function messageIn(texts: readonly string[], drawn: DrawnMessage): SignedMessage {
  const reader = new UrReader();
  for (const text of texts) {
    const received = reader.receive(text);
    if (received.status === 'complete') return parseWire(received.bytes);
  }
  throw stepFailed(`the pictures of the ${drawn.type} message can't be read back: ${drawn.files.join(', ')}`);
}
