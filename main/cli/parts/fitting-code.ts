import { defaultDensity, densityRange } from '../../../shared/qr/density';
import { drawQr } from '../../../shared/qr/draw';
import { QrError } from '../../../shared/qr/qr-error';
import type { Outgoing } from '../../../shared/qr/ur';
import { outgoingOf, type ShownFile } from '../../qr/shown-file';
import { terminalSize } from '../../qr/terminal-code';

/** Lines around a code: the title above, the keys below. */
const linesAround = 3;

/**
 * The densest codes, up to the default, that this terminal has room for. `pictures`: the option that writes
 * pictures instead. Throws `QrError` 'no-room'.
 */
export function fittingCode(shown: ShownFile, pictures: string): Outgoing {
  const { columns = 80, rows = 24, isTTY } = process.stdout;
  const fits = (outgoing: Outgoing) => {
    const size = terminalSize(drawQr(outgoing.static ?? outgoing.part(0)));
    return size.columns <= columns && size.lines + linesAround <= rows;
  };
  const usual = outgoingOf(shown, defaultDensity);
  if (!isTTY || fits(usual)) return usual;
  for (let density = defaultDensity; shown.kind === 'message' && density >= densityRange.min; density -= 25) {
    const outgoing = { ...outgoingOf(shown, density), static: null };
    if (outgoing.partCount > 1 && fits(outgoing)) return outgoing;
  }
  const size = terminalSize(drawQr(outgoingOf(shown, densityRange.min).part(0)));
  throw new QrError(
    'no-room',
    `This terminal of ${columns} × ${rows} characters is too small for a code: it needs ${size.columns} × ${size.lines + linesAround}. Make its window larger or its letters smaller, or write pictures with ${pictures}.`,
  );
}
