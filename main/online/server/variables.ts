/** What Airlock makes of a variable of the servers' own command lines. */
export type Effect = 'acts' | 'ignored' | 'refused';

interface Meaning<E extends Effect = Effect> {
  readonly effect: E;
  /** What it says, or why it says nothing here, as half a sentence for people. */
  readonly what: string;
}

const acts = (what: string): Meaning<'acts'> => ({ effect: 'acts', what });
const ignored = (what: string): Meaning<'ignored'> => ({ effect: 'ignored', what });
const refused = (what: string): Meaning<'refused'> => ({ effect: 'refused', what });

const straight = 'Airlock connects straight to the address that it is given';

/**
 * Variables that `vault` and `bao` read, without their prefix VAULT_ or BAO_, and whether each acts here.
 * What changes whom Airlock speaks to, or how often it says a thing, and can't be heeded, is refused: a
 * ceremony that goes elsewhere than its operator thinks is worse than none. What only changes comfort is
 * ignored.
 */
export const serverVariables = {
  ADDR: acts('address of the server, as --server and --address'),
  NAMESPACE: acts('namespace on the server, as --namespace'),
  TOKEN: acts('token for servers that want one, as --server-token-file'),
  CACERT: acts("file with the CA that signed the server's certificate"),
  CACERT_BYTES: acts('the same CA, as PEM in the variable itself'),
  CAPATH: acts('folder of such files'),
  CLIENT_CERT: acts('file with the certificate of this machine'),
  CLIENT_KEY: acts('file with the key of that certificate'),
  TLS_SERVER_NAME: acts("name that the server's certificate is for, where it isn't the address"),
  CLIENT_TIMEOUT: acts('how long an answer is waited for'),
  FORMAT: acts('table, json or yaml, as --format'),
  CLI_NO_COLOR: acts('no colours, where it is set to anything'),
  SKIP_VERIFY: refused(
    "a root token is never made over a connection whose other end isn't known: name the server's CA",
  ),
  AGENT_ADDR: refused(straight),
  HTTP_PROXY: refused(straight),
  PROXY_ADDR: refused(straight),
  SRV_LOOKUP: refused(straight),
  MAX_RETRIES: refused('a share that may have arrived is never sent again without a look at the server'),
  DISABLE_REDIRECTS: ignored("redirects are followed by Airlock's own rules"),
  RATE_LIMIT: ignored('a ceremony sends a handful of requests'),
  HEADERS: ignored('only the headers of the API are sent'),
} as const satisfies Readonly<Record<string, Meaning>>;

export type ServerVariable = keyof typeof serverVariables;

type WithEffect<E extends Effect> = {
  [Name in ServerVariable]: (typeof serverVariables)[Name]['effect'] extends E ? Name : never;
}[ServerVariable];

/** A variable that says something here. */
export type ActingVariable = WithEffect<'acts'>;
