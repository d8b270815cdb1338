import type { Command } from 'commander';
import { fromHex, wipe } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import type { RecordedLookup } from '../../online/sweep/lookup-record';
import { accessorIn } from '../../online/token/accessor';
import type { TokenName } from '../../online/token/lookup';
import { type TokenProperty, tokenProperties } from '../../online/token/properties';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';
import { typedToken } from './typed-token';

interface LookupFlags extends ServerFlags {
  readonly accessor?: string;
  readonly tokenFile?: string;
  readonly ceremony?: string;
}

/** `airlock online token lookup`. */
export function defineTokenLookup(command: Command, terminal: Terminal): void {
  const lookupCommand = withServer(withPassphrase(withHome(command)))
    .option('--accessor <accessor>', "the token's accessor; needs a server token that may look up")
    .option('--token-file <file>', 'the token itself; - is standard input (default: asks for it)');
  withCeremony(lookupCommand, 'in whose transcript').action((flags: LookupFlags) => lookup(terminal, flags));
}

async function lookup(terminal: Terminal, flags: LookupFlags): Promise<void> {
  refuseTwoReaders([flags.serverTokenFile, flags.tokenFile, flags.passphraseFile]);
  const { accessor, tokenFile } = flags;
  if (accessor !== undefined && tokenFile !== undefined) throw new CliError('usage', asked.oneWay);
  const named = accessor === undefined ? null : { accessor: accessorIn(accessor) };
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  await withStation(terminal, flags, home, async (station) => {
    const name: TokenName = named ?? { token: await typedToken(terminal, tokenFile, asked) };
    try {
      const found = await station.describe(name, { ceremony });
      terminal.print(flags.json ? valueText(flags, foundJson(found)) : foundText(found));
    } finally {
      if ('token' in name) wipe(name.token);
    }
  });
}

const asked = {
  question: 'Token to look up (it does not show): ',
  oneWay:
    'Name the token to look up in one way: type it when asked, or give --token-file FILE (- is standard input), or --accessor ACCESSOR.',
  undone: 'Nothing was looked up.',
} as const;

function foundText({ facts, ceremony }: RecordedLookup): string {
  const where =
    ceremony === null ? 'in the journal of this home' : `in “${ceremonyWords(fromHex(ceremony))}”`;
  return columns([
    ...tokenProperties(facts).flatMap(propertyRows),
    ['On record', `${where}: its accessor, its policies and its TTL`],
  ]);
}

const propertyRows = ({ name, value, meaning }: TokenProperty): [string, string][] => [
  [name, printable(value)],
  ['', `  ${printable(meaning)}`],
];

const foundJson = ({ facts, ceremony }: RecordedLookup) => ({
  ...facts,
  isRoot: facts.policies.includes('root'),
  explained: Object.fromEntries(tokenProperties(facts).map(({ name, meaning }) => [name, meaning])),
  ceremony,
});
