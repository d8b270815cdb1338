import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A place on this machine that counts whoever gets in touch: by TCP and by UDP, on one port number each. */
export interface Sink {
  readonly tcp: number;
  readonly udp: number;
  /** What has arrived since the start: `tcp` for a connection, `udp` for a datagram. */
  readonly contacts: readonly string[];
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const contacts: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    contacts.push('tcp');
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => contacts.push('udp'));
  datagrams.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(datagrams, 'listening')]);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    tcp: address.port,
    udp: datagrams.address().port,
    contacts,
    async close() {
      for (const socket of sockets) socket.destroy();
      datagrams.close();
      server.close();
      await once(server, 'close');
    },
  };
}
