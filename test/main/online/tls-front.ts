import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { selfSigned } from './certificate';
import { closing } from './stage';

/** The rehearsal server behind TLS, with a line between that a test can break from within. */
export interface TlsFront {
  readonly address: string;
  readonly caPem: string;
  /** Says of an answer to a share whether the line breaks in its place. */
  breaks: (answer: string) => boolean;
}

export async function startTlsFront(target: string): Promise<TlsFront> {
  const { certPem, keyPem } = selfSigned();
  const front = { address: '', caPem: certPem, breaks: (_answer: string) => false };
  const clients = new Set<Socket>();
  const server = createTlsServer({ cert: certPem, key: keyPem }, async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = await fetch(`${target}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: { 'x-vault-request': 'true' },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = await answer.text();
    if (incoming.url?.endsWith('/update') && front.breaks(body)) {
      // No TLS record: what a proxy that gives up in the middle may send.
      for (const client of clients) client.end('HTTP/1.1 408 Request Timeout\r\n\r\n');
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  });
  const line = createSocketServer((client) => {
    const onward = connect((server.address() as AddressInfo).port, '127.0.0.1');
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => onward.destroy());
    onward.on('error', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  for (const each of [server, line])
    await new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve));
  closing({
    close: async () => {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      server.close();
      line.close();
    },
  });
  front.address = `https://127.0.0.1:${(line.address() as AddressInfo).port}`;
  return front;
}
