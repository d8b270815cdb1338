import { type Command, Option } from 'commander';
import { methodSchema } from '../../../shared/message/body';
import type { TokenFormat } from '../../../shared/token/root-token';
import { TOKEN_KINDS, type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { serverOptionsFromEnv } from '../../online/server/environment';
import { API_NAMES, type ApiName } from '../../rehearsal/generation';
import { TOKEN_FORMATS } from '../../rehearsal/token/format';
import { version } from '../../version';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { type AddressFlags, addressOf, withAddress } from '../parts/server-address';
import { type RehearsalOutcome, rehearse } from './rehearsal';
import { RehearseError } from './rehearse-error';
import { readSharesFile } from './shares-file';

interface RehearseFlags extends FormatFlags, AddressFlags {
  readonly method: string;
  readonly handoff?: boolean;
  readonly shares: string;
  readonly threshold: string;
  readonly api?: ApiName;
  readonly kind?: TokenKind;
  readonly tokenFormat?: TokenFormat;
  readonly out?: string;
  readonly sharesFile?: string;
}

/**
 * `airlock rehearse`: a whole ceremony with every player, every message a QR picture read back from its
 * pixels.
 */
export function defineRehearse(command: Command): void {
  const rehearseCommand = command
    .addOption(
      new Option('--method <method>', 'how the token is hidden').choices(['pgp', 'otp']).default('pgp'),
    )
    .option('--handoff', 'seal the token to a station, which does the plan’s tasks: no person sees it')
    .option('--shares <n>', 'key shares of the embedded server', '5')
    .option('--threshold <n>', 'shares that the embedded server needs', '3')
    .addOption(
      new Option('--kind <kind>', 'token that is made (default: what the server makes)').choices(TOKEN_KINDS),
    )
    .addOption(
      new Option(
        '--api <api>',
        'servers that the embedded one behaves as (default: vault, or such as make that kind)',
      ).choices(API_NAMES),
    )
    .addOption(
      new Option(
        '--token-format <format>',
        'tokens of the embedded server (default: as such servers have them)',
      ).choices(TOKEN_FORMATS),
    )
    .option('--out <dir>', 'new folder for the pictures, transcripts and report (default: rehearsal-<time>)')
    .option('--shares-file <file>', "the existing server's key shares: one a line, or the JSON of its init");
  withAddress(
    withFormat(rehearseCommand, 'one JSON object on standard output; progress goes to standard error'),
    'rehearse on a server that is already there: one on which a token may be made',
  ).action(async (flags: RehearseFlags) => {
    const clock = (): Date => new Date();
    const started = Date.now();
    const print = (line: string): void =>
      void (flags.json ? process.stderr : process.stdout).write(`${line}\n`);
    print(`Airlock rehearsal · ${flags.method === 'pgp' ? 'PGP key' : 'one-time password'}\n`);
    const outcome = await rehearse({
      method: methodSchema.parse(flags.method),
      handoff: flags.handoff ?? false,
      out: flags.out ?? `rehearsal-${clock().toISOString().slice(0, 19).replace(/[:T]/g, '-')}`,
      existing: existingServer(flags),
      shares: wholeNumber(flags.shares, '--shares'),
      threshold: wholeNumber(flags.threshold, '--threshold'),
      kind: flags.kind,
      api: apiOf(flags),
      ...(flags.tokenFormat === undefined ? {} : { tokenFormat: flags.tokenFormat }),
      version,
      clock,
      say: (title, detail) => print(`  ✓ ${title.padEnd(28)} ${detail}`),
    });
    print(closing(outcome, Date.now() - started, flags.handoff ?? false));
    if (flags.json) process.stdout.write(valueText(flags, summary(outcome)));
    if (outcome.verification.verdict !== 'proven') {
      throw new RehearseError(
        'not-verified',
        `The transcript in ${outcome.out} isn't proven: run “airlock transcript verify ${outcome.out}” to see what is missing or wrong.`,
      );
    }
  });
}

/** As what the embedded server behaves where only the kind of token is named. */
const apiOf = ({ api, kind }: RehearseFlags): ApiName =>
  api ?? (kind === undefined || kind === 'root' ? 'vault' : kind);

function existingServer(flags: RehearseFlags) {
  const { server, namespace } = addressOf(flags);
  if (server === undefined && flags.sharesFile === undefined) return null;
  if (server === undefined || flags.sharesFile === undefined) {
    throw new RehearseError(
      'bad-option',
      '--server and --shares-file go together: a server that is already there, and its key shares.',
    );
  }
  return {
    server: serverOptionsFromEnv(process.env, { server, namespace }),
    shares: readSharesFile(flags.sharesFile),
  };
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 255) return value;
  throw new RehearseError('bad-option', `${option} takes a whole number from 1 to 255, not “${text}”.`);
}

const summary = (outcome: RehearsalOutcome) => ({
  out: outcome.out,
  server: outcome.server,
  ceremony: outcome.ceremony,
  words: outcome.words,
  nonce: outcome.nonce,
  token: outcome.token,
  revoked: outcome.revoked,
  verified: outcome.verification.verdict === 'proven',
  verdict: outcome.verification.verdict,
  findings: outcome.verification.findings,
});

/** What the token's way was, by its kind. */
const ways: Readonly<Record<TokenKind, string>> = {
  root: 'made, used once, revoked, and seen to be revoked',
  dr: 'made, deleted unused, and seen to be deleted',
  recovery: 'made, used once, and has ended with recovery mode',
};

function closing({ out, token }: RehearsalOutcome, milliseconds: number, handoff: boolean): string {
  const way = handoff
    ? 'made, handed over, used for the plan’s tasks, revoked, and seen to be revoked'
    : ways[token.kind];
  return `
The ${tokenKindWords(token.kind).name} was ${way}, in ${(milliseconds / 1000).toFixed(1)} s.

  ${out}
    report.html   the ceremony on one page
    verify.sh     checks the transcript with sha256sum, jq and gpg alone
    qr/           every code that crossed the gap
`;
}
