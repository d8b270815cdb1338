import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { findBrowser, printPage } from '../../../../main/cli/parts/browser';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

describe('the browser that prints a report', () => {
  test('is the first on the PATH, if it may be started', ({ at, folder }) => {
    expect(findBrowser({ PATH: folder })).toBeNull();
    writeFileSync(at('google-chrome'), '#!/bin/sh\n');
    expect(findBrowser({ PATH: folder })).toBeNull();
    chmodSync(at('google-chrome'), 0o755);
    expect(findBrowser({ PATH: `/nowhere:${folder}` })).toBe(at('google-chrome'));
  });

  test('that prints nothing is quoted with its last words', async ({ at }) => {
    writeFileSync(
      at('chromium'),
      '#!/bin/sh\necho Starting >&2\necho Running as root is not supported >&2\nexit 1\n',
    );
    chmodSync(at('chromium'), 0o755);
    await expect(printPage(at('chromium'), at('page.html'))).rejects.toMatchObject({
      code: 'not-printed',
      message: expect.stringContaining('(“Running as root is not supported”)'),
    });
    writeFileSync(at('chromium'), 'no program');
    await expect(printPage(at('chromium'), at('page.html'))).rejects.toMatchObject({ code: 'not-printed' });
  });

  test('gets the page of the archive, keeps its sandbox, and finds no other machine', async ({
    archive,
    at,
  }) => {
    const script = `#!/bin/sh
for arg in "$@"; do
  printf '%s\\n' "$arg" >>'${at('args')}'
  case $arg in --print-to-pdf=*) printf '%%PDF-1.4' >"\${arg#*=}" ;; esac
done
`;
    writeFileSync(at('chromium'), script);
    chmodSync(at('chromium'), 0o755);
    const pdf = at('report.pdf');
    const done = await airlock(['transcript', 'report', archive, '--pdf', pdf, '--browser', at('chromium')]);
    expect([done.code, done.out]).toEqual([0, `${archive}/report.html\n${pdf}\n`]);
    expect(readFileSync(pdf, 'latin1')).toBe('%PDF-1.4');
    expect(statSync(pdf).mode & 0o777).toBe(0o600);
    const args = readFileSync(at('args'), 'utf8').trim().split('\n');
    expect(args.at(-1)).toBe(`file://${archive}/report.html`);
    expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
    expect(args.join(' ')).not.toContain('no-sandbox');
  });
});
