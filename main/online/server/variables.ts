/** What Airlock makes of a variable of the servers' own command lines. */
export type Effect = 'acts' | 'ignored' | 'refused';

/**
 * Variables that `vault` and `bao` read for a connection, without their prefix VAULT_ or BAO_, and whether
 * each acts here. What changes whom Airlock speaks to, and can't be heeded, is refused: a ceremony that goes
 * elsewhere than its operator thinks is worse than none. What only changes comfort is ignored.
 */
export const serverVariables = {
  ADDR: 'acts',
  CACERT: 'acts',
  CACERT_BYTES: 'acts',
  CAPATH: 'acts',
  CLIENT_CERT: 'acts',
  CLIENT_KEY: 'acts',
  CLIENT_TIMEOUT: 'acts',
  NAMESPACE: 'acts',
  TLS_SERVER_NAME: 'acts',
  TOKEN: 'acts',
  /** Refused with a sentence of its own, and only where it is switched on. */
  SKIP_VERIFY: 'refused',
  AGENT_ADDR: 'refused',
  HTTP_PROXY: 'refused',
  PROXY_ADDR: 'refused',
  SRV_LOOKUP: 'refused',
  /** A request that ends an attempt is never sent twice without a look at the server in between. */
  MAX_RETRIES: 'ignored',
  /** Redirects are followed by rules of Airlock's own. */
  DISABLE_REDIRECTS: 'ignored',
  RATE_LIMIT: 'ignored',
  HEADERS: 'ignored',
  FORMAT: 'ignored',
  CLI_NO_COLOR: 'ignored',
} as const satisfies Readonly<Record<string, Effect>>;

export type ServerVariable = keyof typeof serverVariables;

type WithEffect<E extends Effect> = {
  [Name in ServerVariable]: (typeof serverVariables)[Name] extends E ? Name : never;
}[ServerVariable];

/** A variable that says something about the connection. */
export type ActingVariable = WithEffect<'acts'>;
