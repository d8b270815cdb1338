import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

describe('airlock transcript verify', () => {
  test('lets nothing of a folder or key name reach the terminal as a control character', async ({
    archive: folder,
  }) => {
    const hostile = 'x\u001b[2K\u001b[1A\rOK     everything verified\u001b[8m\u009b1m\n';
    renameSync(join(folder, 'online'), join(folder, hostile));
    renameSync(
      join(folder, hostile, 'checkpoint.txt.peter.asc'),
      join(folder, hostile, `checkpoint.txt.${hostile}.asc`),
    );
    const { out, code } = await airlock(['transcript', 'verify', folder]);
    expect(code).toBe(1);
    expect(out).toContain('x[2K[1AOK     everything verified[8m1m: There is a signature by x[2K');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(out.split('\n').filter((line) => line.startsWith('OK'))).toEqual([]);
  });
});
