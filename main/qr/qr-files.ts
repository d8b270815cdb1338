import { join } from 'node:path';
import { densityRange } from '../../shared/qr/density';
import { makeOutgoing } from '../../shared/qr/ur';
import { writeQrPng } from './qr-png';

/**
 * Writes a message's codes into a folder: `STEM.png` where one code holds it, else `STEM-1-of-N.png` and so
 * on. Files don't blur as a camera's pictures do: the densest codes, so that there are few of them. `module`:
 * pixels a module. Returns the names.
 */
export function writeQrFiles(folder: string, stem: string, bytes: Uint8Array, module?: number): string[] {
  const still = makeOutgoing(bytes);
  const outgoing = still.static === null ? makeOutgoing(bytes, densityRange.max) : still;
  return Array.from({ length: outgoing.partCount }, (_, part) => {
    const name =
      outgoing.partCount === 1 ? `${stem}.png` : `${stem}-${part + 1}-of-${outgoing.partCount}.png`;
    writeQrPng(join(folder, name), outgoing.part(part), module);
    return name;
  });
}
