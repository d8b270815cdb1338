import type { ServerResponse } from 'node:http';
import type { Intercept, Passing } from './proxy';

/**
 * What becomes of a request on its way, or of its answer. `act`: has the server do what it asks, and its
 * answer come to nothing. True: the test has dealt with it; false: it is passed on.
 */
export type Fault = (passing: Passing, act: () => Promise<void>) => Promise<boolean> | boolean;

const json = { 'content-type': 'application/json' };

const answering =
  (status: number, headers: Readonly<Record<string, string>>, text: string): Fault =>
  ({ response }) => {
    response.writeHead(status, headers).end(text);
    return true;
  };

/** Everything that a network, or a machine between, may do to a request. */
export const faults = {
  'a delay': async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return false;
  },
  'cut before the server acted': ({ response }) => {
    response.socket?.destroy();
    return true;
  },
  'cut after the server acted': async ({ response }, act) => {
    await act();
    response.socket?.destroy();
    return true;
  },
  'a duplicate': async (_, act) => {
    await act();
    return false;
  },
  'status 500': answering(500, json, '{"errors":["internal error"]}'),
  'status 503': answering(503, json, '{"errors":["Vault is sealed"]}'),
  'a redirect to another machine': answering(307, { location: 'http://127.0.0.1:1/v1/sys/health' }, ''),
  'a web page': answering(200, { 'content-type': 'text/html' }, '<html>Sign in</html>'),
  'a slow drip': async ({ response }, act) => {
    await act();
    response.writeHead(200, json).write('{"data":');
    trickle(response, Buffer.from(' '), 100);
    return true;
  },
  'a huge body': async ({ response }, act) => {
    await act();
    response.writeHead(200, json);
    trickle(response, Buffer.alloc(1 << 20, 0x20), 0);
    return true;
  },
  'no answer in time': async (_, act) => {
    await act();
    return true;
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

/** These end only when the time for an answer is over. */
export const slow: ReadonlySet<FaultName> = new Set<FaultName>(['a slow drip', 'no answer in time']);

/** Has the server do what was asked, and its answer come to nothing. `others`: what else would answer. */
export async function act(passing: Passing, others: Intercept = () => false): Promise<void> {
  const nowhere = { writeHead: () => nowhere, end: () => nowhere } as unknown as ServerResponse;
  if (!(await others({ ...passing, response: nowhere }))) await passing.forward();
}

/** Goes on writing for as long as anybody reads. */
function trickle(response: ServerResponse, bytes: Buffer, pauseMs: number): void {
  const more = (): void => {
    if (!response.destroyed) response.write(bytes, () => setTimeout(more, pauseMs));
  };
  more();
}
