import { type Command, Option } from 'commander';
import type { TokenFormat } from '../../shared/token/root-token';
import { API_NAMES, type ApiName, GENERATIONS } from '../rehearsal/generation';
import { RehearsalError } from '../rehearsal/rehearsal-error';
import { type RehearsalServer, startRehearsalServer } from '../rehearsal/server';
import { TOKEN_FORMATS } from '../rehearsal/token/format';
import { type FormatFlags, valueText, withFormat } from './parts/format';
import { signalExitCode } from './parts/signals';

interface Flags extends FormatFlags {
  readonly listen: string;
  readonly shares: string;
  readonly threshold: string;
  readonly api: ApiName;
  readonly tokenFormat?: string;
  readonly clusterName?: string;
}

/** `airlock rehearsal-server`: prints what a rehearsal needs and serves until it is interrupted. */
export function defineRehearsalServer(command: Command): void {
  const serverCommand = command
    .option('--listen <address>', 'host and port on loopback; port 0 picks a free one', '127.0.0.1:0')
    .option('--shares <number>', 'key shares to make', '5')
    .option('--threshold <number>', 'key shares that make a quorum', '3')
    .addOption(
      new Option('--api <api>', 'servers that it behaves as: README.md says which')
        .choices(API_NAMES)
        .default('vault'),
    )
    .option(
      '--token-format <format>',
      `age of the server: ${TOKEN_FORMATS.join(', ')} (default: as such servers have it)`,
    )
    .option('--cluster-name <name>', 'what the server calls itself');
  withFormat(serverCommand, 'print one line of JSON').action(serve);
}

async function serve(flags: Flags): Promise<void> {
  const server = await startRehearsalServer({
    listen: flags.listen,
    shares: wholeNumber(flags.shares),
    threshold: wholeNumber(flags.threshold),
    api: flags.api,
    ...(flags.tokenFormat === undefined ? {} : { tokenFormat: parseTokenFormat(flags.tokenFormat) }),
    ...(flags.clusterName === undefined ? {} : { clusterName: flags.clusterName }),
  });
  process.stdout.write(flags.json === true ? valueText(flags, serverValue(server)) : lines(server));
  const signal = await interrupted();
  await server.close();
  // Whoever asks it to end, as a supervisor does, gets what they asked for. Ctrl-C says 130 of any command.
  if (signal === 'SIGINT') process.exitCode = signalExitCode();
}

/** NaN, which no number of shares is, for anything but digits. */
const wholeNumber = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);

function parseTokenFormat(text: string): TokenFormat {
  const format = TOKEN_FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw new RehearsalError(
    'bad-token-format',
    `“${text}” is no token format. Choose one of ${TOKEN_FORMATS.join(', ')}.`,
  );
}

const serverValue = ({ address, api, shares, threshold, rootToken, otpLength }: RehearsalServer) => ({
  address,
  api,
  shares,
  threshold,
  rootToken,
  otpLength,
});

function lines(server: RehearsalServer): string {
  return [
    'REHEARSAL: these shares and tokens protect nothing. They are gone when this command ends.',
    `Address     ${server.address}`,
    `Like        ${GENERATIONS[server.api].like}`,
    ...server.shares.map((share, i) => `Share ${String(i + 1).padEnd(5)} ${share}`),
    `Threshold   ${server.threshold}`,
    ...(server.rootToken === '' ? [] : [`Root token  ${server.rootToken}`]),
    `OTP length  ${server.otpLength}`,
    'Serving until interrupted (Ctrl-C).',
    '',
  ].join('\n');
}

/** The signal that ends it. */
function interrupted(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
