import { CliError } from './cli-error';

/** Where a secret may be held up for a person to read. */
export interface Screen {
  readonly stdin: Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;
  readonly stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
}

/** The terminal's other screen, which no scroll-back keeps, cleared on the way in and out. */
const otherScreen = '\u001b[?1049h\u001b[2J\u001b[H';
const ownScreen = '\u001b[2J\u001b[H\u001b[?1049l';

/** Throws `CliError` 'no-answer' where nobody sits at a terminal: a pipe or a file would keep the secret. */
export function refuseWithoutScreen({ stdin, stdout }: Screen): void {
  if (stdin.isTTY && stdout.isTTY) return;
  throw new CliError(
    'no-answer',
    'A token is shown on a terminal only, where it is cleared again, and this is none. Write it to a file that only you can read: --out FILE.',
  );
}

/**
 * Shows a secret on the terminal until a key is pressed, and then clears it. Throws as `refuseWithoutScreen`
 * does.
 */
export async function holdOnScreen(secret: string, screen: Screen): Promise<void> {
  refuseWithoutScreen(screen);
  const { stdin, stdout } = screen;
  stdout.write(`${otherScreen}SECRET: nobody else may see this\r\n\r\n${secret}\r\n\r\nAny key: done`);
  try {
    stdin.setRawMode(true);
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stdin.off('data', done);
        stdin.off('end', done);
        resolve();
      };
      stdin.on('data', done);
      stdin.on('end', done);
      stdin.resume();
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(ownScreen);
  }
}
