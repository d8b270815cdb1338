import { drawQr } from '../../../shared/qr/draw';
import type { Outgoing } from '../../../shared/qr/ur';
import { terminalCode } from '../../qr/terminal-code';

const secretMark = '\u001b[1;97;41m SECRET: nobody else may see this code \u001b[0m';
const otherScreen = '\u001b[?1049h\u001b[?25l';
const ownScreen = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearBelow = '\u001b[J';

/** Codes a second that the keys reach. */
const fpsRange = { min: 1, max: 30 } as const;

/** Draws codes in the terminal: a single one stays in it, several are shown in turn until q or Ctrl-C. */
export async function showInTerminal(
  outgoing: Outgoing,
  options: { fps: number; secret: boolean },
): Promise<void> {
  if (options.secret && process.stdout.isTTY) return showSecret(outgoing);
  if (outgoing.static !== null) {
    if (options.secret) process.stdout.write(`${secretMark}\n`);
    process.stdout.write(`${terminalCode(drawQr(outgoing.static)).join('\n')}\n`);
    return;
  }
  if (process.stdout.isTTY) return animate(outgoing, options.fps);
  for (let index = 0; index < outgoing.partCount; index++) {
    process.stdout.write(`${terminalCode(drawQr(outgoing.part(index))).join('\n')}\n`);
    process.stdout.write(`Part ${index + 1} of ${outgoing.partCount}\n`);
  }
}

/** On the terminal's other screen, so that no scroll-back keeps it. */
async function showSecret(outgoing: Outgoing): Promise<void> {
  process.stdout.write(`${otherScreen}${home}${secretMark}\r\n`);
  try {
    process.stdout.write(`${terminalCode(drawQr(outgoing.part(0))).join('\r\n')}\r\nAny key: done`);
    await keys(() => 'done');
  } finally {
    process.stdout.write(ownScreen);
  }
}

async function animate(outgoing: Outgoing, startFps: number): Promise<void> {
  let fps = startFps;
  let index = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const lines = terminalCode(drawQr(outgoing.part(index)));
    process.stdout.write(
      `${home}${caption(index, outgoing.partCount, fps)}\u001b[K\r\n${lines.join('\r\n')}\r\n${help}${clearBelow}`,
    );
    index++;
    timer = setTimeout(draw, 1000 / fps);
  };
  process.stdout.write(otherScreen);
  try {
    draw();
    await keys((key) => {
      if (key === '+' || key === '=') fps = Math.min(fpsRange.max, fps + 1);
      if (key === '-') fps = Math.max(fpsRange.min, fps - 1);
      return key === 'q' || key === '\u001b' ? 'done' : 'more';
    });
  } finally {
    clearTimeout(timer);
    process.stdout.write(ownScreen);
  }
}

const help = '+ faster   - slower   q done';

const caption = (index: number, count: number, fps: number): string =>
  index < count
    ? `Part ${index + 1} of ${count} · ${fps} codes a second`
    : `Mixed part ${index + 1 - count}, for any of the ${count} that was missed · ${fps} codes a second`;

/** Resolves when `press` says so, or at Ctrl-C; without a keyboard, at an interrupt. */
function keys(press: (key: string) => 'done' | 'more'): Promise<void> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const finish = () => {
      stdin.off('data', onData);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', finish);
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      resolve();
    };
    const interrupt = () => {
      process.exitCode = 130;
      finish();
    };
    const onData = (data: Buffer) => {
      const key = data.toString();
      if (key === '\u0003') interrupt();
      else if (press(key) === 'done') finish();
    };
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', finish);
    if (!stdin.isTTY) return;
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
  });
}
