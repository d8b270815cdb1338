/** Which build of a program runs, where it is one that was packaged. */
export interface Build {
  /** The commit that it was made of: 40 hex digits, with `+changes` where it wasn't quite that. */
  readonly commit: string;
  /**
   * SHA-256 (lower-case hex) of the list of the program's files as they lie here, which a release has as
   * `….files.sha256`: `sha256sum`'s lines for all files of its folder, by their paths, sorted as bytes. Of a
   * program that is one file: the SHA-256 of that file.
   */
  readonly filesSha256: string;
}

let told: () => Build | null = () => null;

/** Called once, by a program that knows which build it is. `tell` may take a moment when first called. */
export function tellBuildBy(tell: () => Build | null): void {
  told = tell;
}

/** Which build runs here; null where nobody packaged it, as in a checkout. */
export const ownBuild = (): Build | null => told();
