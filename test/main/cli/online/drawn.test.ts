import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { terminalCode } from '../../../../main/qr/terminal-code';
import { openHome } from '../../../../main/store/home';
import { type SignedMessage, wireBytes } from '../../../../shared/message/wire';
import { defaultDensity } from '../../../../shared/qr/density';
import { drawQr } from '../../../../shared/qr/draw';
import { makeOutgoing } from '../../../../shared/qr/ur';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { startMessage } from '../../online/stage';
import { PASSPHRASE } from '../fixtures';
import { onTerminal } from '../on-terminal';
import { madeMessage } from '../printed';
import { messageOf, opened, test } from './station';

/** Large, and one that can't be drawn over: codes stand one below the other, and nothing waits for a key. */
const large = { columns: 300, rows: 150 };
const dumb = { TERM: 'dumb' };

/** The message that a command printed as UR text. */
const printedIn = <T extends 'station' | 'attempt' | 'result'>(out: string, type: T): SignedMessage<T> =>
  messageOf(/^UR:AIRLOCK\/\S+$/m.exec(out)?.[0] ?? '', type);

/** The first code of a message as a terminal without colours shows it. */
function firstCodeOf(message: SignedMessage): string {
  const outgoing = makeOutgoing(wireBytes(message), defaultDensity);
  return terminalCode(drawQr(outgoing.static ?? outgoing.part(0)), 'light-blocks').join('\n');
}

test('on a terminal, start, join and submit draw the code of what they make, without being asked for it', async ({
  station: at,
  streams,
}) => {
  const { dir, run, signing } = at;
  const { shares } = await opened(at);
  const drawn = async (args: string[], type: 'attempt' | 'result') => {
    streams.out = '';
    const done = await onTerminal(large, dumb, () => run([...args, ...signing]));
    expect([args[0], done.code]).toEqual([args[0], 0]);
    expect(streams.out).toContain(firstCodeOf(printedIn(done.out, type)));
  };
  await drawn(['start', '--message', join(dir, 'start')], 'attempt');
  await drawn(['join', '--message', join(dir, 'start')], 'attempt');
  streams.out = '';
  const one = await onTerminal(large, dumb, () =>
    run(['submit', ...signing, '--message', shares[0]?.path ?? '']),
  );
  // There is nothing to carry yet.
  expect([one.code, streams.out]).toEqual([0, '']);
  await drawn(['submit', '--message', shares[1]?.path ?? ''], 'result');
  await drawn(['submit'], 'result');
}, 60_000);

test('nothing is drawn where the message goes elsewhere, where a program reads it, and without a terminal', async ({
  station: at,
  streams,
}) => {
  const { dir, run, signing } = at;
  await opened(at);
  streams.out = '';
  const start = ['start', ...signing, '--message', join(dir, 'start')];
  await onTerminal(large, dumb, async () => {
    for (const more of [['--out', join(dir, 'a.ur')], ['--qr', join(dir, 'codes')], ['--json']])
      expect((await run([...start, ...more])).code).toBe(0);
    expect((await run(['status', ...signing, '--json'])).json).toMatchObject({
      message: { type: 'station' },
    });
  });
  const plain = await run(start);
  expect(plain.out).toContain('UR:AIRLOCK/');
  expect(streams.out).toBe('');
}, 60_000);

test('on a terminal, status draws the station’s code for whoever types the passphrase, and shows the rest to anyone', async ({
  station: { run, home, signing },
  streams,
}) => {
  const typed = await onTerminal(large, dumb, () => run(['status'], { answers: [PASSPHRASE] }));
  expect(typed).toMatchObject({ code: 0, out: expect.stringContaining('2 of 3 make a quorum') });
  expect(typed.out.match(/make a quorum/g)).toHaveLength(1);
  expect(streams.out).toContain(firstCodeOf(printedIn(typed.out, 'station')));
  const lines = parseJournal(new Uint8Array(readFileSync(openHome(home).journal())));
  expect(lines.at(-1)?.line).toMatchObject({
    event: 'message-sent',
    data: { type: 'station', carrier: 'qr' },
  });

  streams.out = '';
  const given = await onTerminal(large, dumb, () => run(['status', ...signing]));
  expect(streams.out).toContain(firstCodeOf(printedIn(given.out, 'station')));

  streams.out = '';
  for (const answers of [[], ['']]) {
    const nobody = await onTerminal(large, dumb, () => run(['status'], { answers }));
    expect(nobody).toMatchObject({ code: 0, err: expect.stringContaining('add --out FILE') });
    expect(nobody.out).toContain('make a quorum');
    expect(nobody.out).not.toContain('UR:');
  }
  const wrong = await onTerminal(large, dumb, () => run(['status'], { answers: ['seven loud otters'] }));
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('make a quorum')]);
  rmSync(join(home, 'identity.json'));
  const stranger = await onTerminal(large, dumb, () => run(['status'], { answers: [PASSPHRASE] }));
  expect(stranger).toMatchObject({ code: 0, out: expect.stringContaining('make a quorum') });
  expect(stranger.err).not.toContain('passphrase');
  expect(streams.out).toBe('');
}, 60_000);

test('where the terminal is too small for the code, it says that the attempt is open, and how to go on', async ({
  station: { run, signing, stage, dir },
}) => {
  const status = await run(['status', ...signing, '--json']);
  const introduced = messageOf(status.as(madeMessage).message.ur, 'station');
  writeFileSync(join(dir, 's'), wireBytes(await startMessage(stage, introduced)));
  const start = ['start', ...signing, '--message', join(dir, 's')];
  const small = await onTerminal({ columns: 20, rows: 10 }, {}, () => run(start));
  expect([small.code, small.err]).toEqual([
    1,
    expect.stringMatching(
      /too small for a code.*--qr DIR.*The attempt is open on the server\. Give .* again/,
    ),
  ]);
  const again = await run([...start, '--json']);
  expect(printedIn(small.out, 'attempt').digest).toEqual(
    messageOf(again.as(madeMessage).message.ur, 'attempt').digest,
  );
}, 60_000);
