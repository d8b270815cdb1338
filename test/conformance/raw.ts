import { connect } from 'node:net';

/** A request as it goes over the wire: what `fetch` would straighten first. */
export interface RawRequest {
  readonly method: string;
  /** What follows the method on the request line. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer with what differs from server to server, or from call to call, named. */
export interface RawAnswer {
  /** '' if the connection was closed without an answer. */
  readonly status: string;
  /** In lower case, sorted; without those about the connection and the time. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Sends the request on a connection of its own and waits for its end. */
export function sendRaw(address: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const body = Buffer.from(request.body ?? '');
  const chunked = request.headers?.['Transfer-Encoding'] === 'chunked';
  const headers = {
    Host: `${hostname}:${port}`,
    Connection: 'close',
    ...(request.body === undefined || chunked ? {} : { 'Content-Length': String(body.length) }),
    ...request.headers,
  };
  const head = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(named(Buffer.concat(chunks).toString())));
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  });
}

const OF_THE_CONNECTION = /^(date|connection|keep-alive|content-length|transfer-encoding):/;

function named(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...headers] = head.split('\r\n');
  return {
    status: statusLine.split(' ')[1] ?? '',
    headers: headers
      .map((header) => header.replace(/^[^:]*/, (name) => name.toLowerCase()))
      .filter((header) => !OF_THE_CONNECTION.test(header))
      .sort(),
    body: rest
      .join('\r\n\r\n')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replace(/("otp":")[^"]+/, '$1OTP')
      .replace(/("(?:accessor|id|client_token)":")[^"]+/g, '$1NAME')
      .replace(/("(?:server_time_utc|creation_time)":)\d+/, '$1TIME')
      .replace(/("(?:cluster_name|build_date)":")[^"]+/g, '$1NAME'),
  };
}
