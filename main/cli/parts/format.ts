import { type Command, Option } from 'commander';
import { CliError } from './cli-error';

/** How a result is printed. The names are those of `vault` and `bao`. */
export const formats = ['table', 'json', 'yaml'] as const;
export type Format = (typeof formats)[number];

/** Options of a command whose result may be a value instead of text for people. */
export interface FormatFlags {
  /** Whether the result is a value; `chooseFormat` sees to it that this is so for YAML, too. */
  readonly json?: boolean;
  /** Writes the value where it is to be YAML. */
  readonly asYaml?: (value: unknown) => string;
}

/** Adds `--json` and `--format`. `json`: what `--json` prints. */
export const withFormat = (command: Command, json = 'one JSON object on standard output'): Command =>
  command.option('--json', `${json}; the same as --format json`).addOption(formatOption());

/** Its choices are for help and completion: another format is refused by `chooseFormat`. */
function formatOption(): Option {
  const option = new Option(
    '--format <format>',
    'how to print (default: VAULT_FORMAT or BAO_FORMAT, else table)',
  );
  option.argChoices = [...formats];
  return option;
}

/** A value for standard output, as one line of JSON or as a document of YAML. */
export const valueText = ({ asYaml }: FormatFlags, value: unknown): string =>
  asYaml === undefined ? `${JSON.stringify(value)}\n` : asYaml(value);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Lets a command print in the format that its options or the environment ask for. A command that has no
 * format is left alone. Throws `CliError` 'usage' for a format that there isn't, or for two at once.
 */
export async function chooseFormat(command: Command, env: Environment): Promise<void> {
  if (!command.options.some(({ long }) => long === '--format')) return;
  const { json, format } = command.opts<{ json?: boolean; format?: string }>();
  const asked = format === undefined ? null : parsed(format, '--format');
  if (json && asked !== null && asked !== 'json')
    throw new CliError('usage', `--json and --format ${asked} are two formats. Give one of them.`);
  const chosen = json ? 'json' : (asked ?? formatSet(env) ?? 'table');
  command.setOptionValue('json', chosen !== 'table');
  if (chosen === 'yaml') command.setOptionValue('asYaml', await yamlWriter());
}

/**
 * The text of a failure in the format that was asked for, null where that is none for programs. It is looked
 * for in the words as they were typed, which may be no command at all.
 */
export async function failureText(
  value: unknown,
  args: readonly string[],
  env: Environment,
): Promise<string | null> {
  const format = formatTyped(args) ?? formatIn(env);
  if (format === 'yaml') return valueText({ asYaml: await yamlWriter() }, value);
  return format === 'json' ? valueText({}, value) : null;
}

const yamlWriter = async (): Promise<(value: unknown) => string> => (await import('./yaml')).yamlText;

/** The variables that name a format. */
const variables = ['VAULT_FORMAT', 'BAO_FORMAT'] as const;

/** Throws `CliError` 'usage', which names the variable. */
function formatSet(env: Environment): Format | undefined {
  const set = variables.filter((name) => env[name]?.trim());
  const [format, other] = set.map((name) => parsed(env[name] ?? '', name));
  if (format !== undefined && other !== undefined && format !== other)
    throw new CliError('usage', `${variables.join(' and ')} are both set and differ. Unset one of them.`);
  return format;
}

function parsed(text: string, where: string): Format {
  const format = known(text);
  if (format !== undefined) return format;
  throw new CliError('usage', `${where} takes ${formats.join(', ')}, and not “${text}”.`);
}

const known = (text: string | undefined): Format | undefined =>
  formats.find((format) => format === text?.trim().toLowerCase());

function formatIn(env: Environment): Format | undefined {
  for (const name of variables) {
    const format = known(env[name]);
    if (format !== undefined) return format;
  }
  return undefined;
}

function formatTyped(args: readonly string[]): Format | undefined {
  if (args.some((word) => /^--?json$/.test(word))) return 'json';
  const at = args.findIndex((word) => /^--?format(=|$)/.test(word));
  if (at < 0) return undefined;
  const [, value = args[at + 1]] = /^[^=]*=(.*)$/.exec(args[at] ?? '') ?? [];
  return known(value);
}
