/** The part of `SubtleCrypto` that is looked at; a type of our own, as `shared/` knows no DOM. */
export interface KeyImporter {
  importKey: (...args: never[]) => Promise<unknown>;
}

const refused = new WeakSet<object>();

function isAesKw(algorithm: unknown): boolean {
  const name =
    typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm ? algorithm.name : algorithm;
  return typeof name === 'string' && name.toUpperCase() === 'AES-KW';
}

/**
 * Makes `subtle.importKey` reject AES-KW with a `NotSupportedError`, and leaves all else as it is.
 *
 * In Electron's main process BoringSSL has no AES-KW: the first encryption to an ECDH key then aborts the
 * whole process (Electron 22), or rejects with an error that openpgp does not know and passes on (about 29
 * and later). At a `NotSupportedError` openpgp falls back to its own AES-KW. To be called by the entry files,
 * before openpgp is used.
 */
export function refuseAesKw(subtle: KeyImporter): void {
  if (refused.has(subtle)) return;
  refused.add(subtle);
  const original = subtle.importKey;
  Object.defineProperty(subtle, 'importKey', {
    configurable: true,
    writable: true,
    value: async (...args: never[]): Promise<unknown> => {
      if (isAesKw(args[2])) {
        const error = new Error('AES-KW is not supported here');
        error.name = 'NotSupportedError';
        throw error;
      }
      return original.apply(subtle, args);
    },
  });
}
