import { describe, expect, it } from 'vitest';
import { readQrImage } from '../../../main/qr/read-image';
import { asciiBytes } from '../../../shared/bytes';
import { fileText } from '../../../shared/input/file-text';
import { cardTextIn, withCardText } from '../../../shared/share/card-pdf';

const pdf = asciiBytes(
  '%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<</Size 1>>\nstartxref\n9\n%%EOF\n'.replace(
    /[^\x00-\x7f]/g,
    '?',
  ),
);
const share = 'A7'.repeat(33);

describe('the PDF of a share card', () => {
  it('is read back as the text of its code, whole and as it was drawn before that', async () => {
    for (const length of [16, 32, 33]) {
      const text = 'A7'.repeat(length);
      const file = withCardText(pdf, text);
      expect(cardTextIn(file)).toBe(text);
      expect(fileText(file)).toBe(text);
      expect(await readQrImage(file)).toEqual([text]);
      expect(file.subarray(0, pdf.length)).toEqual(pdf);
    }
  });

  it('is no other PDF, and no other file that ends so', async () => {
    const file = withCardText(pdf, share);
    expect(cardTextIn(pdf)).toBeNull();
    expect(cardTextIn(file.subarray(1))).toBeNull();
    expect(cardTextIn(withCardText(file, 'not hex'))).toBeNull();
    expect(cardTextIn(Uint8Array.from([...file, ...pdf, ...new Uint8Array(400).fill(0x20)]))).toBeNull();
    await expect(readQrImage(pdf)).rejects.toThrow(/PDF file, which is not read here\. .*PNG/);
  });
});
