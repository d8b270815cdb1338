import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepSealingKey } from '../../../../main/online/introduction/sealing-key';
import { newFolder, newPerson } from '../stage';

test("a station's one-time key that finds no place names the folder and what to do", async () => {
  const folder = join(newFolder(), 'gone');
  await expect(
    keepSealingKey(
      join(folder, 'station-00.pgp'),
      new Uint8Array(32).fill(7),
      await newPerson('Otto', 'operator'),
    ),
  ).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining(`in the folder ${folder} (ENOENT)`),
  });
});
