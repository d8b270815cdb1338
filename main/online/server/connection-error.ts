import { ServerError } from './server-error';

/** What is known of a request whose connection failed. */
interface Circumstances {
  /** Scheme, host and port. */
  readonly address: string;
  /** The handshake was over, so that the request may have left. */
  readonly sent: boolean;
  /** A request that changes nothing. */
  readonly reading: boolean;
  /** This station has a client certificate to show. */
  readonly hasCertificate: boolean;
}

/**
 * By which a server refuses the client's certificate, or that there is none (RFC 8446 §6.2); 40 says only
 * that the handshake failed.
 */
const ABOUT_CLIENT: ReadonlySet<number> = new Set([40, 42, 43, 44, 45, 46, 48, 49, 116]);
const HANDSHAKE_FAILURE = 40;

/**
 * Number of the TLS alert that the server sent, or null: OpenSSL's text has it, whatever Node makes the
 * error's code.
 */
function alertOf(error: unknown): number | null {
  const [, number] = /SSL alert number (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return number === undefined ? null : Number(number);
}

/** What a connection that failed means for the operator. An `ServerError` stays as it is. */
export function connectionError(error: unknown, circumstances: Circumstances): ServerError {
  const { address, sent, reading } = circumstances;
  if (error instanceof ServerError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const alert = alertOf(error);
  const about = alert !== null && ABOUT_CLIENT.has(alert) ? clientCertificate(alert, circumstances) : '';
  // In TLS 1.3 the handshake is over for this side before the server has looked at its certificate.
  if (about !== '' && (reading || !sent)) return new ServerError('client-certificate', about);
  // Before all that follows: what breaks after the handshake, TLS itself included, may break after the server
  // did its work.
  if (sent) {
    return new ServerError(
      'connection-lost',
      `The connection to ${address} broke before its answer was whole${code === '' ? '' : ` (${code})`}. What the server did with the request isn't known from here.${about === '' ? '' : ` ${about}`}`,
    );
  }
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return new ServerError(
      'unreachable',
      `${address} doesn't speak TLS (${code}). Check the port, and whether the server listens without TLS.`,
    );
  }
  if (/CERT|UNABLE_TO|SELF_SIGNED|ERR_TLS|HOSTNAME/.test(code)) {
    return new ServerError(
      'untrusted-certificate',
      `The certificate of ${address} can't be trusted (${code}). Nothing was sent. If the server has a CA of its own, name its file with VAULT_CACERT (or BAO_CACERT); if the name differs, with VAULT_TLS_SERVER_NAME (or BAO_TLS_SERVER_NAME).`,
    );
  }
  return new ServerError(
    'unreachable',
    `No connection to ${address}${code === '' ? '' : ` (${code})`}. Nothing was sent. Check the address, the network, and that the server is running.`,
  );
}

const clientCertificate = (alert: number, { address, hasCertificate }: Circumstances): string => {
  if (hasCertificate)
    return `${address} doesn't take the client certificate of this station (TLS alert ${alert}): check that it is one that the server knows, and in date.`;
  const why =
    alert === HANDSHAKE_FAILURE
      ? `breaks off the handshake (TLS alert ${alert}), most likely because it asks for a client certificate`
      : `asks for a client certificate (TLS alert ${alert})`;
  return `${address} ${why}. Give this station one that the server knows, with its key (VAULT_CLIENT_CERT and VAULT_CLIENT_KEY name their PEM files).`;
};
