import { asciiBytes } from '../bytes';

/** A comment of the file (ISO 32000-1, 7.2.4): programs that show a PDF pass over it. */
const mark = '%Airlock share card, in the clear: ';
/** The longest share in hex, with what stands before it and some line ends. */
const tail = 300;

/**
 * The PDF of a share card with the text of its code at the end, so that it is read back without being drawn.
 * Nothing is added that doesn't stand on the card: the file is the share, as its paper is.
 */
export function withCardText(pdf: Uint8Array, qrText: string): Uint8Array {
  const comment = asciiBytes(`\n${mark}${qrText}\n`);
  const whole = new Uint8Array(pdf.length + comment.length);
  whole.set(pdf);
  whole.set(comment, pdf.length);
  return whole;
}

/** The text of the code in a PDF that Airlock made as a share card; null in any other file. */
export function cardTextIn(file: Uint8Array): string | null {
  if (String.fromCharCode(...file.subarray(0, 5)) !== '%PDF-') return null;
  const end = String.fromCharCode(...file.subarray(-tail));
  const at = end.lastIndexOf(mark);
  return at < 0 ? null : (/^[0-9A-F]{32,66}(?=\s*$)/.exec(end.slice(at + mark.length))?.[0] ?? null);
}
