import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainText } from '../../../shared/input/plain-bytes';
import { refuseNoToken } from '../../../shared/input/token-text';
import { reasonOf } from '../../store/store-error';
import type { ServerOptions } from './client';
import { parseClientTimeout } from './patience';
import { ServerError } from './server-error';
import { type ActingVariable, serverVariables } from './variables';

export type { ServerOptions } from './client';

/** What the command line says beside the environment. */
export interface ServerOverrides {
  readonly server?: string | undefined;
  readonly pin?: string | undefined;
  readonly token?: string | undefined;
  readonly namespace?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The conventions of `vault` and `bao`: VAULT_ADDR, _CACERT, _CACERT_BYTES, _CAPATH, _CLIENT_CERT,
 * _CLIENT_KEY, _NAMESPACE, _TOKEN, _TLS_SERVER_NAME, _CLIENT_TIMEOUT, and the same with BAO_. Throws
 * `InputError` 'not-a-token', and `ServerError` 'no-address', 'bad-setting' (a file that can't be read, a
 * duration that is none, or VAULT_ and BAO_ that disagree), 'skip-verify'.
 */
export function serverOptionsFromEnv(env: Environment, overrides: ServerOverrides = {}): ServerOptions {
  refuseSkipVerify(env);
  refuseDetours(env);
  const address = overrides.server ?? setting(env, 'ADDR');
  if (!address) {
    throw new ServerError(
      'no-address',
      'No server is named.',
      'Set VAULT_ADDR (or BAO_ADDR) to its address, or add --server https://HOST:PORT.',
    );
  }
  const clientCertPem = pemFile(env, 'CLIENT_CERT');
  const clientKeyPem = pemFile(env, 'CLIENT_KEY');
  if ((clientCertPem === undefined) !== (clientKeyPem === undefined)) {
    const given = clientCertPem === undefined ? 'CLIENT_KEY' : 'CLIENT_CERT';
    throw new ServerError(
      'bad-setting',
      `A client certificate needs its key: set both ${likewise(env, given, 'CLIENT_CERT')} and ${likewise(env, given, 'CLIENT_KEY')}, or neither.`,
    );
  }
  return {
    address,
    token: tokenOf(env, overrides.token),
    namespace:
      overrides.namespace === undefined
        ? headerValue(`namespace (${nameSet(env, 'NAMESPACE')})`, setting(env, 'NAMESPACE'))
        : headerValue('namespace', overrides.namespace),
    caPem: setting(env, 'CACERT_BYTES') ?? pemFile(env, 'CACERT') ?? pemFolder(env),
    clientCertPem,
    clientKeyPem,
    serverName: setting(env, 'TLS_SERVER_NAME'),
    pin: overrides.pin,
    timeoutMs: parseClientTimeout(setting(env, 'CLIENT_TIMEOUT')),
  };
}

/** Tokens of servers have a form, and what hasn't is sent to none: it may be a secret of another kind. */
function tokenOf(env: Environment, given: string | undefined): string | undefined {
  const token = headerValue('token', given ?? setting(env, 'TOKEN'));
  if (token !== undefined)
    refuseNoToken(token, given === undefined ? nameSet(env, 'TOKEN') : 'The file of the token');
  return token;
}

/** What goes into a header of HTTP. Its value isn't repeated in the sentence: a token is a secret. */
function headerValue(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[\x20-\x7e]*$/.test(value)) return value;
  throw new ServerError(
    'bad-setting',
    `In the ${name} there is a line break, another control character, or a letter that no server takes there. Set it again, without what was copied along.`,
  );
}

/** The variable that the person set, or `VAULT_` where neither is. `name`: without its prefix. */
const nameSet = (env: Environment, name: ActingVariable): string =>
  env[`VAULT_${name}`]?.trim() || !env[`BAO_${name}`]?.trim() ? `VAULT_${name}` : `BAO_${name}`;

/** A variable to set besides, with the prefix that the person uses. `beside`: one that they set. */
const likewise = (env: Environment, beside: ActingVariable, name: ActingVariable): string =>
  nameSet(env, beside).startsWith('BAO_') ? `BAO_${name}` : `VAULT_${name}`;

function setting(env: Environment, name: ActingVariable): string | undefined {
  const vault = env[`VAULT_${name}`]?.trim() || undefined;
  const bao = env[`BAO_${name}`]?.trim() || undefined;
  if (vault !== undefined && bao !== undefined && vault !== bao) {
    throw new ServerError(
      'bad-setting',
      `VAULT_${name} and BAO_${name} are both set and differ, so it isn't clear which server is meant. Unset one of them.`,
    );
  }
  return bao ?? vault;
}

function refuseSkipVerify(env: Environment): void {
  for (const name of ['VAULT_SKIP_VERIFY', 'BAO_SKIP_VERIFY']) {
    const value = env[name]?.trim().toLowerCase();
    if (value === undefined || ['', '0', 'f', 'false'].includes(value)) continue;
    throw new ServerError(
      'skip-verify',
      `${name} is set, but a root token is never made over a connection whose other end isn't known. Unset it, and name the server's CA with ${name.startsWith('BAO_') ? 'BAO_CACERT' : 'VAULT_CACERT'} (for a certificate that signed itself, that certificate). A pin besides accepts one certificate only; a pin alone does not make a certificate pass that no CA vouches for.`,
      'A pin is given with --pin.',
    );
  }
}

/** Variables that would change what a ceremony does to the server, and that Airlock can't heed. */
function refuseDetours(env: Environment): void {
  for (const [variable, { effect, what }] of Object.entries(serverVariables)) {
    if (effect !== 'refused' || variable === 'SKIP_VERIFY') continue;
    for (const name of [`VAULT_${variable}`, `BAO_${variable}`]) {
      const value = env[name]?.trim().toLowerCase();
      if (value === undefined || ['', '0', 'f', 'false'].includes(value)) continue;
      throw new ServerError(
        'bad-setting',
        `${name} is set, and must do nothing here: ${what}. Unset it for this command.`,
      );
    }
  }
}

function pemFile(env: Environment, name: ActingVariable): string | undefined {
  const path = setting(env, name);
  return path === undefined ? undefined : readPem(path, nameSet(env, name));
}

function pemFolder(env: Environment): string | undefined {
  const path = setting(env, 'CAPATH');
  if (path === undefined) return undefined;
  let names: string[];
  try {
    names = readdirSync(path).filter((name) => /\.(pem|crt|cer)$/i.test(name));
  } catch (error) {
    throw new ServerError(
      'bad-setting',
      `The folder ${path} of ${nameSet(env, 'CAPATH')} can't be read (${reasonOf(error)}). Check its name and your rights to it.`,
    );
  }
  return names.map((name) => readPem(join(path, name), nameSet(env, 'CAPATH'))).join('\n') || undefined;
}

/** `variable`: what names the file or its folder, for the sentence. */
function readPem(path: string, variable: string): string {
  let text: string | null;
  try {
    text = plainText(readFileSync(path));
  } catch (error) {
    throw new ServerError(
      'bad-setting',
      `The file ${path} of ${variable} can't be read (${reasonOf(error)}). Check its name and your rights to it.`,
    );
  }
  if (text === null || !text.includes('-----BEGIN ')) {
    throw new ServerError(
      'bad-setting',
      `The file ${path} of ${variable} isn't PEM (no “-----BEGIN” in it).`,
    );
  }
  return text;
}
