import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { parseNamespace } from '../../../shared/ceremony/namespace';
import { loopbackLookup, parseAddress, parsePin } from './address';
import { connectionError } from './connection-error';
import { PATIENCE_MS, TIMEOUT_MS } from './patience';
import { ServerError } from './server-error';

/** How to reach one server. */
export interface ServerOptions {
  /** `https://host:port`, or `http://` to a loopback address only. */
  readonly address: string;
  /** For servers that want one, and for revoking by accessor. Not sent with the first request for an
   * attempt, which older servers answer to everyone. */
  readonly token?: string | undefined;
  /** As `vault` and `bao` take it: 'team/blue', with or without slashes around it; 'root' is none. */
  readonly namespace?: string | undefined;
  /** PEM, one or more certificates, instead of the system's. */
  readonly caPem?: string | undefined;
  readonly clientCertPem?: string | undefined;
  readonly clientKeyPem?: string | undefined;
  /** Name to expect in the certificate, instead of the address's host. */
  readonly serverName?: string | undefined;
  /** SHA-256 of the server's certificate (DER), 64 hex digits. */
  readonly pin?: string | undefined;
  /** For a whole answer; `patient` requests are given `PATIENCE_MS` at the least. */
  readonly timeoutMs?: number | undefined;
}

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A whole answer, nothing in it parsed. */
export interface RawAnswer {
  readonly status: number;
  /** At most `ANSWER_LIMIT` bytes, or `LIST_LIMIT`. */
  readonly body: Uint8Array;
  readonly contentType: string;
  /** `Location`, or ''. */
  readonly location: string;
  /** The server's clock by its `Date` header, to the second, or null. */
  readonly date: Date | null;
}

/** What goes along with a request. */
export interface Sending {
  /** JSON bytes. */
  readonly body?: Uint8Array | undefined;
  /** 'configured': the token of the settings, where there is one; bytes: this very token (ASCII). */
  readonly token?: 'configured' | Uint8Array | undefined;
  /** Leaves the namespace out: sys/health is the whole server’s. */
  readonly wholeServer?: boolean | undefined;
  /** In place of the station's own namespace: another one, as `parseNamespace` returns it. */
  readonly namespace?: string | undefined;
  /** A request that changes nothing on the server, though it isn't a GET. */
  readonly asks?: boolean | undefined;
  /** A list of names: its answer may have as many bytes as `LIST_LIMIT`. */
  readonly lists?: boolean | undefined;
  /**
   * The answer may come only once (docs/server-facts.md, "The last answer comes once"): it is waited for as
   * long as `PATIENCE_MS`, or longer where the settings say so.
   */
  readonly patient?: boolean | undefined;
}

/** A server's answers are a few kilobytes; anything larger isn't one. */
export const ANSWER_LIMIT = 256 * 1024;

/** A list that isn't given a page at a time: more than a million names of 30 characters. */
export const LIST_LIMIT = 48 * 1024 * 1024;

const REDIRECTS = 2;

/** Speaks HTTP to exactly one server. Knows nothing of what the answers mean. */
export class ServerClient {
  /** Scheme, host and port, without a path. */
  readonly address: string;
  /** As `parseNamespace` returns it: '' for the whole server. */
  readonly namespace: string;
  private readonly base: URL;
  private readonly options: ServerOptions;
  private readonly pin: string | undefined;
  /** Connections that are kept; false: each request has one of its own. */
  private readonly agent: http.Agent | false;

  /**
   * `kept`: how many connections are kept and used again, until `end`; 0 keeps none. `own`: a token (ASCII,
   * the caller's to wipe) that stands for that of the settings. Throws `ServerError` 'bad-address',
   * 'plain-http', 'bad-pin', or 'bad-setting' for the namespace.
   */
  constructor(
    options: ServerOptions,
    kept = 0,
    private readonly own?: Uint8Array,
  ) {
    this.base = parseAddress(options.address);
    this.address = this.base.origin + this.base.pathname.replace(/\/+$/, '');
    this.options = options;
    this.namespace = namespaceIn(options.namespace ?? '');
    this.pin = options.pin === undefined ? undefined : parsePin(options.pin, this.base);
    this.agent = kept === 0 ? false : keepingAgent(this.base.protocol, kept);
  }

  /** How the server is known for what it is. */
  get tls(): 'none' | 'verified' | 'pinned' {
    if (this.base.protocol === 'http:') return 'none';
    return this.pin === undefined ? 'verified' : 'pinned';
  }

  get hasToken(): boolean {
    return this.own !== undefined || this.options.token !== undefined;
  }

  /**
   * The same server by the same settings, over at most so many connections, which are kept: for many
   * questions in a row. The caller ends it.
   */
  keeping(connections: number): ServerClient {
    return new ServerClient(this.options, connections, this.own);
  }

  /**
   * The same server by the same settings, asked with this token (ASCII, the caller's to wipe) wherever the
   * one of the settings would be.
   */
  askingWith(token: Uint8Array): ServerClient {
    return new ServerClient(this.options, 0, token);
  }

  /** Closes the connections that are kept, and breaks off what is asked on them. */
  end(): void {
    if (this.agent !== false) this.agent.destroy();
  }

  /**
   * One request below `/v1/`. What is sent stays the caller's to wipe. Throws `ServerError` 'unreachable',
   * 'untrusted-certificate', 'client-certificate', 'wrong-pin', 'timeout', 'connection-lost',
   * 'answer-too-large', 'redirected', 'standby'. Any whole answer comes back, whatever its status.
   */
  async request(method: HttpMethod, path: string, send: Sending = {}): Promise<RawAnswer> {
    let url = new URL(`${this.address}/v1/${path}`);
    for (let hop = 0; ; hop++) {
      const answer = await this.exchange(method, url, send);
      if (answer.status < 300 || answer.status > 399) return answer;
      url = this.follow(answer, url, hop);
    }
  }

  /**
   * A 307 keeps method and body; only a standby sends one, and a share must never follow it to another
   * machine.
   */
  private follow(answer: RawAnswer, from: URL, hop: number): URL {
    let to: URL;
    try {
      to = new URL(answer.location, from);
    } catch {
      throw new ServerError(
        'redirected',
        `${this.address} sent a redirect that leads nowhere. Check the address.`,
      );
    }
    if (to.origin !== this.base.origin && answer.status === 307 && to.pathname === from.pathname) {
      throw new ServerError(
        'standby',
        `${this.address} is a standby and points to the active server, ${shown(to.origin)}. Nothing was sent there. If you know that server, go to it and do the same again.`,
        `Run the same command again with --server ${shown(to.origin)}.`,
      );
    }
    // Another path of the same server is another question: an answer to it would pass for one to this.
    const elsewhere =
      to.origin !== this.base.origin || to.pathname !== from.pathname || to.search !== from.search;
    if (elsewhere || answer.status !== 307 || hop >= REDIRECTS) {
      throw new ServerError(
        'redirected',
        `${this.address} wants to redirect to ${shown(to.origin + (to.origin === this.base.origin ? to.pathname : ''))} (status ${answer.status}), which a Vault or OpenBao server doesn't do. Nothing was sent there. Check the address, and whether a proxy or a login page stands before the server.`,
      );
    }
    return to;
  }

  private exchange(method: HttpMethod, url: URL, send: Sending): Promise<RawAnswer> {
    const headers: Record<string, string> = { accept: 'application/json', 'x-vault-request': 'true' };
    const asked = send.token === 'configured' ? (this.own ?? this.options.token) : send.token;
    const token = asked instanceof Uint8Array ? Buffer.from(asked).toString('latin1') : asked;
    if (token) headers['x-vault-token'] = token;
    const namespace = send.namespace ?? this.namespace;
    // With the slash, as servers write it themselves.
    if (namespace !== '' && !send.wholeServer) headers['x-vault-namespace'] = `${namespace}/`;
    if (send.body) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = String(send.body.length);
    }
    const { timeoutMs = TIMEOUT_MS } = this.options;
    const limit = send.patient ? Math.max(PATIENCE_MS, timeoutMs) : timeoutMs;
    const most = send.lists ? LIST_LIMIT : ANSWER_LIMIT;
    return new Promise((resolve, reject) => {
      const common = {
        method,
        headers,
        // As a rule no connection is kept: a resumed TLS session would skip the check of the certificate's
        // pin.
        agent: this.agent,
        timeout: limit,
      };
      let sent = false;
      const fail = (error: unknown): void =>
        reject(
          connectionError(error, {
            address: this.address,
            sent,
            reading: method === 'GET' || send.asks === true,
            hasCertificate: this.options.clientCertPem !== undefined,
          }),
        );
      const request =
        url.protocol === 'http:'
          ? http.request(url, { ...common, lookup: loopbackLookup })
          : https.request(url, { ...common, ...this.tlsOptions() });
      const deadline = setTimeout(() => request.destroy(new ServerError('timeout', this.slow(limit))), limit);
      request.on('socket', (socket) => {
        // One that was kept is connected already.
        if (request.reusedSocket) sent = true;
        else
          socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => {
            sent = true;
          });
      });
      request.on('timeout', () => request.destroy(new ServerError('timeout', this.slow(limit))));
      request.on('close', () => clearTimeout(deadline));
      request.on('error', fail);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          if (length > most) {
            chunks.length = 0;
            request.destroy();
            reject(tooLarge(this.address, send));
          }
        });
        response.on('error', fail);
        response.on('aborted', () => fail(new Error('aborted')));
        response.on('end', () => {
          if (!response.complete) return fail(new Error('aborted'));
          const body = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            body: new Uint8Array(body.buffer, body.byteOffset, body.length),
            contentType: response.headers['content-type'] ?? '',
            location: response.headers.location ?? '',
            date: parseDate(response.headers.date),
          });
        });
      });
      request.end(send.body);
    });
  }

  private tlsOptions(): https.RequestOptions {
    const { caPem, clientCertPem, clientKeyPem, serverName } = this.options;
    const pin = this.pin;
    return {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(caPem === undefined ? {} : { ca: caPem }),
      ...(clientCertPem === undefined ? {} : { cert: clientCertPem, key: clientKeyPem }),
      ...(serverName === undefined ? {} : { servername: serverName }),
      checkServerIdentity: (host, certificate) => {
        const wrongName = tls.checkServerIdentity(serverName ?? host, certificate);
        if (wrongName) return wrongName;
        const found = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
        if (pin === undefined || found === pin) return undefined;
        return new ServerError(
          'wrong-pin',
          `${this.address} shows another certificate (SHA-256 ${found}) than the pinned one. Nothing was sent. If its certificate was renewed, have the new one's fingerprint confirmed by someone who can see the server.`,
        );
      },
    };
  }

  private slow(limit: number): string {
    return `${this.address} didn't answer in ${Math.round(limit / 1000)} seconds. Check the network and the server; VAULT_CLIENT_TIMEOUT gives it longer.`;
  }
}

/** Throws `ServerError` 'bad-setting' where no server can have a namespace of that name. */
function namespaceIn(text: string): string {
  const namespace = parseNamespace(text);
  if (/^[\x20-\x7e]{0,300}$/.test(namespace)) return namespace;
  throw new ServerError(
    'bad-setting',
    'The namespace is longer than 300 characters, or has a letter in it that no server takes there. Set it again.',
  );
}

/**
 * At its end a TLS session is forgotten: each new connection is one with the whole check of the certificate
 * and its pin.
 */
const keepingAgent = (protocol: string, kept: number): http.Agent =>
  protocol === 'http:'
    ? new http.Agent({ keepAlive: true, maxSockets: kept, maxFreeSockets: kept })
    : new https.Agent({ keepAlive: true, maxSockets: kept, maxFreeSockets: kept, maxCachedSessions: 0 });

const tooLarge = (address: string, { lists }: Sending): ServerError =>
  lists
    ? new ServerError(
        'answer-too-large',
        `${address} answered with a list of more than ${LIST_LIMIT / 1024 / 1024} MiB, which this program does not take. Check the address; and where the server really has so many tokens, have it tidied first (auth/token/tidy).`,
      )
    : new ServerError(
        'answer-too-large',
        `${address} answered with more than ${ANSWER_LIMIT / 1024} KiB, which no Vault or OpenBao server does. Check the address.`,
      );

/** Only what a URL can hold, so that a server can't write to the terminal by its `Location`. */
const shown = (origin: string): string => origin.replace(/[^\x21-\x7e]/g, '?').slice(0, 200);

function parseDate(header: string | undefined): Date | null {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? null : new Date(time);
}
