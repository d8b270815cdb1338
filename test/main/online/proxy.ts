import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closing } from './stage';

export interface Passing {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
  /** Has the real server answer, without anything reaching the client yet. */
  forward(): Promise<{ readonly status: number; readonly body: string }>;
}

/** True: the test has dealt with this request itself. */
export type Intercept = (passing: Passing) => boolean | Promise<boolean>;

/** A server between the client and the rehearsal server, which a test can make fail in any way. */
export async function startProxy(
  target: string,
): Promise<{ readonly address: string; intercept: Intercept }> {
  const proxy = { address: '', intercept: (() => false) as Intercept };
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const forward = () => passOn(target, incoming, body);
    if (await proxy.intercept({ request: incoming, body, response, forward })) return;
    const answer = await forward();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  proxy.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

function passOn(
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${target}${incoming.url ?? '/'}`,
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host }, agent: false },
      async (answer) => {
        let text = '';
        for await (const chunk of answer as AsyncIterable<Buffer>) text += chunk.toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: text });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A server that answers with what the test says, and counts what it was asked. */
export async function startFake(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming as AsyncIterable<Buffer>) body += chunk.toString('utf8');
    asked.push(`${incoming.method} ${incoming.url}`);
    answer(incoming, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
