import type { RehearsalView } from '../../shared/ipc/online/app-state';
import { type RehearsalServer, startRehearsalServer } from '../rehearsal/server';

/** Five shares, of which three are a quorum: two stations are needed, as in the real thing. */
const shares = 5;
const threshold = 3;

/** A server of the program's own, to rehearse on. Its shares protect nothing, and end with it. */
export class Rehearsal {
  private server: RehearsalServer | null = null;

  /** Starts it, on loopback, unless it runs. Returns its address. Throws `RehearsalError`. */
  async begin(): Promise<string> {
    this.server ??= await startRehearsalServer({
      listen: '127.0.0.1:0',
      shares,
      threshold,
      tokenFormat: 'hvs',
    });
    return this.server.address;
  }

  end(): void {
    void this.server?.close();
    this.server = null;
  }

  /** Its shares, in hex, for the custodians to scan or to type; null where none runs. */
  view(): RehearsalView | null {
    const { server } = this;
    return server === null
      ? null
      : { address: server.address, threshold: server.threshold, shares: [...server.shares] };
  }
}
