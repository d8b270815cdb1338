import type { Command } from 'commander';
import { type Effect, serverVariables } from '../online/server/variables';
import { type FormatFlags, valueText, withFormat } from './parts/format';
import { columns } from './parts/table';
import type { Terminal } from './parts/terminal';

/** A variable of the environment, and what Airlock makes of it. */
export interface Variable {
  readonly names: readonly string[];
  readonly effect: Effect;
  readonly what: string;
}

const one = (name: string, effect: Effect, what: string): Variable => ({ names: [name], effect, what });

/** Variables that aren't the servers'. */
const others: readonly Variable[] = [
  one('AIRLOCK_HOME', 'acts', 'folder of this person on this machine, as --home'),
  one('AIRLOCK_PASSPHRASE_FILE', 'acts', 'file with the passphrase, as --passphrase-file; not -'),
  one('AIRLOCK_ARCHIVE', 'acts', 'folder or postgres:// address of the archive, as --archive'),
  one(
    'XDG_DATA_HOME',
    'acts',
    'data folder in which the home is, where neither --home nor AIRLOCK_HOME is given',
  ),
  one('HOME', 'acts', 'folder in which the data folder is, where XDG_DATA_HOME is not set'),
  one('TMPDIR', 'acts', "folder for the players' homes while airlock rehearse plays"),
  one('NO_COLOR', 'acts', 'no colours, where it is set to anything'),
  one('TERM', 'acts', 'dumb: no colours, nothing is drawn over, and no secret is shown'),
  one('HTTPS_PROXY', 'ignored', 'Airlock connects straight to the address that it is given'),
];

/** Every variable that Airlock knows, its own and the servers'. */
export const variables: readonly Variable[] = [
  ...others,
  ...Object.entries(serverVariables).map(([name, meaning]) => ({
    names: [`VAULT_${name}`, `BAO_${name}`],
    ...meaning,
  })),
];

const headings: Readonly<Record<Effect, string>> = {
  acts: 'These act:',
  refused: 'These are refused where they are set, for the reason that is given:',
  ignored: 'These do nothing:',
};

/** Every variable as people read it. */
const variablesText = (): string =>
  (['acts', 'refused', 'ignored'] as const)
    .map((effect) => {
      const rows = variables.filter((each) => each.effect === effect);
      return `${headings[effect]}\n${columns(rows.map(({ names, what }) => [names.join(', '), what]))}`;
    })
    .join('\n');

/** `airlock environment`. */
export function defineEnvironment(command: Command, terminal: Terminal): void {
  withFormat(command)
    .addHelpText('after', () => `\n${variablesText()}`)
    .action((flags: FormatFlags) =>
      terminal.print(flags.json ? valueText(flags, { variables }) : variablesText()),
    );
}
