import type { Command } from 'commander';
import { registerQrRead } from './read';
import { registerQrShow } from './show';

/** `airlock qr`: codes for a machine without a window or a camera. */
export function registerQr(program: Command): void {
  const qr = program.command('qr').description('show messages as QR codes, and read them from pictures');
  registerQrShow(qr);
  registerQrRead(qr);
}
