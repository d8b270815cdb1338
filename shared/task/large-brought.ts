/**
 * How an outcome says that what a task brought back has no room in it. `task`: its number; `sha256`: of what
 * it brought, as it is sealed, lower-case hex. Whoever has the outcome knows the file by it.
 */
export const largeBrought = (task: number, sha256: string): string =>
  `What it brought back is too large for a code: the station has it, sealed, as the file brought-${task}.pgp (SHA-256 ${sha256}).`;

/** Whether what an outcome says of a task names the file with this hash. */
export const namesBrought = (said: string, sha256: string): boolean => said.includes(`(SHA-256 ${sha256})`);

/** Whether it names any. */
export const isLargeBrought = (said: string): boolean => /\(SHA-256 [0-9a-f]{64}\)/.test(said);
