/** An Electron on this machine. */
export interface FoundElectron {
  readonly executable: string;
  /** The folder that holds it. */
  readonly dist: string;
  readonly version: string;
  /** Where it came from, for people. */
  readonly origin: string;
}

export function findElectron(options?: { log?: (line: string) => void }): Promise<FoundElectron>;
