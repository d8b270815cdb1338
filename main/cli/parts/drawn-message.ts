import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { airlockType } from '../../../shared/qr/ur-type';
import { showInTerminal } from './code-player';
import { fittingCode } from './fitting-code';
import { type Destination, isOnScreen } from './message-output';

/** Codes a second: what `airlock qr show` begins with, too. */
const FPS = 6;

/** Whether a message is drawn without being asked for: it goes nowhere else, and somebody sees the screen. */
export const drawsCode = (destination: Destination): boolean =>
  isOnScreen(destination) && process.stdout.isTTY;

/**
 * Draws a message's code in the terminal, moving where it has to, until a key or Ctrl-C ends that. Throws
 * `QrError` 'no-room'.
 */
export async function drawMessage(message: SignedMessage): Promise<void> {
  const code = fittingCode({ kind: 'message', type: airlockType, bytes: wireBytes(message) }, '--qr DIR');
  await showInTerminal(code, { fps: FPS, secret: false, pictures: '--qr DIR' });
}
