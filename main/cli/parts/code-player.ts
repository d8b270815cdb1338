import { drawQr } from '../../../shared/qr/draw';
import { QrError } from '../../../shared/qr/qr-error';
import type { Outgoing } from '../../../shared/qr/ur';
import { type Ink, terminalCode } from '../../qr/terminal-code';
import { keyboard, type Look, lookOf, onOtherScreen } from './screen';

const secretWords = ' SECRET: nobody else may see this code ';
const otherScreen = '\u001b[?1049h\u001b[?25l';
const ownScreen = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** Codes a second that the keys reach. */
const fpsRange = { min: 1, max: 30 } as const;

const INTERRUPTED = 130;

/** How codes are shown. `pictures`: the option that writes pictures instead, for sentences. */
export interface Showing {
  readonly fps: number;
  readonly secret: boolean;
  readonly pictures: string;
}

const write = (text: string): void => void process.stdout.write(text);

/**
 * Draws codes in the terminal: a single one stays in it, several are shown in turn until q or Ctrl-C. Without
 * a terminal, or on one that can't be drawn over, they stand one below the other. Throws `QrError` 'secret'
 * where a secret could not be cleared away again.
 */
export async function showInTerminal(outgoing: Outgoing, showing: Showing): Promise<void> {
  const look = lookOf(process.stdout, process.env);
  const ink = inkFor(look);
  if (showing.secret && look.isTerminal) return showSecret(outgoing, look, ink);
  if (ink === 'light-blocks') process.stderr.write(`${withoutColour(showing.pictures)}\n`);
  const lines = (text: string): string => `${terminalCode(drawQr(text), ink).join('\n')}\n`;
  if (outgoing.static !== null) {
    if (showing.secret) write(`${secretWords.trim()}\n`);
    write(lines(outgoing.static));
    return;
  }
  if (look.canClear) return animate(outgoing, showing.fps, ink);
  for (let index = 0; index < outgoing.partCount; index++) {
    write(`${lines(outgoing.part(index))}Part ${index + 1} of ${outgoing.partCount}\n`);
  }
  if (look.isTerminal) process.stderr.write(`${oneBelowTheOther(outgoing.partCount)}\n`);
}

/** Terminals without colours are taken to be dark; what goes elsewhere is read on white. */
const inkFor = ({ isTerminal, hasColour }: Look): Ink =>
  hasColour ? 'colour' : isTerminal ? 'light-blocks' : 'dark-blocks';

const withoutColour = (pictures: string): string =>
  `The code is drawn without colours, for light letters on a dark ground. On a light ground it is inverted, which some readers don't take: write pictures with ${pictures} then.`;

const oneBelowTheOther = (count: number): string =>
  `This terminal can't be drawn over (TERM=dumb), so the ${count} codes stand one below the other. Show each of them to the reader.`;

/** On the terminal's other screen, so that no scroll-back keeps it. */
async function showSecret(outgoing: Outgoing, look: Look, ink: Ink): Promise<void> {
  const keys = look.canClear ? keyboard() : null;
  if (keys === null)
    throw new QrError(
      'secret',
      'The code of a secret is shown only where it can be cleared again, and this terminal can’t be cleared, or has no keyboard to say when. Use another terminal (TERM must not be dumb).',
    );
  const mark = look.hasColour ? `\u001b[1;97;41m${secretWords}\u001b[0m` : secretWords.trim();
  const leave = onOtherScreen(write, `${otherScreen}${home}${mark}\r\n`, ownScreen);
  try {
    write(`${terminalCode(drawQr(outgoing.part(0)), ink).join('\r\n')}\r\nAny key: done`);
    await pressed(keys, () => 'done');
  } finally {
    leave();
  }
}

async function animate(outgoing: Outgoing, startFps: number, ink: Ink): Promise<void> {
  let fps = startFps;
  let index = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const lines = terminalCode(drawQr(outgoing.part(index)), ink);
    const title = caption(index, outgoing.partCount, fps);
    write(`${home}${title}${clearLine}\r\n${lines.join('\r\n')}\r\n${help}${clearBelow}`);
    index++;
    timer = setTimeout(draw, 1000 / fps);
  };
  const leave = onOtherScreen(write, otherScreen, ownScreen);
  try {
    draw();
    await pressed(keyboard(), (key) => {
      if (key === '+' || key === '=') fps = Math.min(fpsRange.max, fps + 1);
      if (key === '-') fps = Math.max(fpsRange.min, fps - 1);
      return key === 'q' || key === '\u001b' ? 'done' : 'more';
    });
  } finally {
    clearTimeout(timer);
    leave();
  }
}

const help = '+ faster   - slower   q done';

const caption = (index: number, count: number, fps: number): string =>
  index < count
    ? `Part ${index + 1} of ${count} · ${fps} codes a second`
    : `Mixed part ${index + 1 - count}, for any of the ${count} that was missed · ${fps} codes a second`;

/** Resolves when `press` says so, or at Ctrl-C. Without a keyboard only a signal ends it, and the program. */
function pressed(keys: ReturnType<typeof keyboard>, press: (key: string) => 'done' | 'more'): Promise<void> {
  return new Promise((resolve) => {
    if (keys === null) return;
    const finish = () => {
      keys.off('data', onData);
      keys.off('end', finish);
      keys.setRawMode(false);
      keys.pause();
      if (keys !== process.stdin) keys.destroy();
      resolve();
    };
    const onData = (data: Buffer) => {
      const key = data.toString();
      const isCtrlC = key === '\u0003';
      if (isCtrlC) process.exitCode = INTERRUPTED;
      if (isCtrlC || press(key) === 'done') finish();
    };
    keys.setRawMode(true);
    keys.on('data', onData);
    keys.on('end', finish);
    keys.resume();
  });
}
