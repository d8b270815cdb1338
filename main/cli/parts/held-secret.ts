import { CliError } from './cli-error';
import { lookOf, onOtherScreen } from './screen';
import { interruptedQuestion } from './secret-prompt';

/** Where a secret may be held up for a person to read. */
export interface Screen {
  readonly stdin: Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;
  readonly stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The terminal's other screen, which no scroll-back keeps, cleared on the way in and out. */
const otherScreen = '\u001b[?1049h\u001b[2J\u001b[H';
const ownScreen = '\u001b[2J\u001b[H\u001b[?1049l';

const CTRL_C = 0x03;

/**
 * Throws `CliError` 'no-answer' where nobody sits at a terminal, or at one that can't be cleared: a pipe, a
 * file or a scroll-back would keep the secret.
 */
export function refuseWithoutScreen({ stdin, stdout, env = {} }: Screen): void {
  if (stdin.isTTY && lookOf(stdout, env).canClear) return;
  throw new CliError(
    'no-answer',
    'A token is shown on a terminal only, where it is cleared again, and this is none, or one that can’t be cleared (TERM=dumb). Write it to a file that only you can read: --out FILE.',
  );
}

/**
 * Shows a secret on the terminal until a key is pressed or the program ends, and then clears it. Throws as
 * `refuseWithoutScreen` does, and `CliError` 'interrupted' at Ctrl-C.
 */
export async function holdOnScreen(secret: string, screen: Screen): Promise<void> {
  refuseWithoutScreen(screen);
  const { stdin, stdout } = screen;
  const leave = onOtherScreen((text) => void stdout.write(text), otherScreen, ownScreen);
  stdout.write(`SECRET: nobody else may see this\r\n\r\n${secret}\r\n\r\nAny key: done`);
  try {
    stdin.setRawMode(true);
    await new Promise<void>((resolve, reject) => {
      const done = (data?: Uint8Array): void => {
        stdin.off('data', done);
        stdin.off('end', done);
        if (data?.[0] === CTRL_C) reject(interruptedQuestion());
        else resolve();
      };
      stdin.on('data', done);
      stdin.on('end', done);
      stdin.resume();
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    leave();
  }
}
