import { expect, test } from 'vitest';
import { qrPng } from '../../../main/qr/qr-png';
import { readQrImage } from '../../../main/qr/read-image';

test('a drawn code is read back from the pixels of its picture', async () => {
  for (const text of ['UR:AIRLOCK/AEAD', 'hello – wörld', 'A'.repeat(970)]) {
    expect(await readQrImage(qrPng(text))).toEqual([text]);
  }
});
