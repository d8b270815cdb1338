import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { hexDigits, shortText } from '../../../shared/input/short-values';
import { ServerError } from './server-error';

/**
 * The address of a server. Throws `ServerError` 'bad-address', or 'plain-http' where TLS is missing and the
 * host isn't this machine.
 */
export function parseAddress(text: string): URL {
  let url: URL;
  try {
    url = new URL(shortText(text));
  } catch {
    throw new ServerError(
      'bad-address',
      `“${text}” isn't a server address. It looks like https://vault.example.com:8200.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ServerError(
      'bad-address',
      `A server address begins with https://, this one with ${url.protocol} instead.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ServerError('bad-address', 'A server address has neither a user name nor a ? or # in it.');
  }
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname)) {
    throw new ServerError(
      'plain-http',
      `${url.origin} would be spoken to without TLS, so anyone on the way could read the shares. Use https; plain http is for a server on this very machine.`,
    );
  }
  return url;
}

/** A certificate's pin as 64 lower-case hex digits. Throws `ServerError` 'bad-pin'. */
export function parsePin(text: string, base: URL): string {
  const pin = hexDigits(text);
  if (!/^[0-9a-f]{64}$/.test(pin)) {
    throw new ServerError(
      'bad-pin',
      "A pin is the SHA-256 of the server's certificate, 64 hex digits: openssl x509 -noout -fingerprint -sha256 -in CERT.pem prints it.",
    );
  }
  if (base.protocol === 'http:') {
    throw new ServerError(
      'bad-pin',
      'A pin needs a certificate, and plain http has none. Use https, or leave the pin out.',
    );
  }
  return pin;
}

const isLoopbackAddress = (address: string): boolean =>
  /^127(\.\d{1,3}){3}$/.test(address) || address === '::1';

const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || isLoopbackAddress(host.replace(/^\[|\]$/g, ''));

/** `localhost` is a name like any other to a resolver: for plain http only loopback addresses count. */
export const loopbackLookup: LookupFunction = (host, options, done) => {
  dnsLookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const loopback = addresses.filter(({ address }) => isLoopbackAddress(address));
    const [first] = loopback;
    if (first === undefined) {
      return done(
        new ServerError('plain-http', `${host} isn't this machine here, so plain http to it is refused.`),
        [],
      );
    }
    if (options.all) done(null, loopback);
    else done(null, first.address, first.family);
  });
};
