import { afterAll, beforeAll, beforeEach } from 'vitest';
import { REAL_START_MS } from '../real/describe-real';
import { ATTEMPT, call, type Server } from './api';

export type Start = () => Promise<Server>;

const cancel = async (server: Server): Promise<void> => {
  await call(server, 'DELETE', ATTEMPT);
};

/**
 * One server for a group of tests, without an open attempt at the start of each. `reset`: what sees to that.
 */
export function suiteServer(start: Start, reset: (server: Server) => Promise<void> = cancel): () => Server {
  let server: Server | undefined;
  const running = () => {
    if (server === undefined) throw new Error('the server has not been started');
    return server;
  };
  beforeAll(async () => {
    server = await start();
  }, REAL_START_MS);
  beforeEach(async () => {
    await reset(running());
  });
  afterAll(async () => {
    await server?.close();
  });
  return running;
}
