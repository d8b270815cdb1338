/** What the operating system's refusals mean, and what to do. */
const refusals: Readonly<Record<string, readonly [means: string, todo: string]>> = {
  EACCES: ['this user has no right to it', 'Choose another place, or have its rights changed'],
  EPERM: ['this user has no right to it', 'Choose another place, or have its rights changed'],
  EROFS: ['the disk that it is on can only be read', 'Choose a place on another disk'],
  ENOSPC: ['the disk that it is on is full', 'Make room there, or choose a place on another disk'],
  EDQUOT: [
    'this user may not fill the disk any further',
    'Make room there, or choose a place on another disk',
  ],
  ENOENT: ['it is not there, and nothing can be made there', 'Check its name, or choose another place'],
  ENOTDIR: [
    'its path leads through a file as if that were a folder',
    'Check its name, or choose another place',
  ],
  EISDIR: ['it is a folder, and a file is needed', 'Name a file'],
  EEXIST: ['something else is there already', 'Choose another place'],
};

/** What the operating system won't give is no fault of the program. */
export type SystemFailureCode = 'unusable-path';

/** What to say of a file or folder that the operating system wouldn't give. Null for every other error. */
export function systemFailure(
  error: unknown,
): { readonly code: SystemFailureCode; readonly message: string } | null {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return null;
  const code = String(error.code);
  const refusal = refusals[code];
  if (refusal === undefined) return null;
  const [means, todo] = refusal;
  // A file is written through another beside it, whose name is the file's own and a number: the number is left out.
  const place =
    'path' in error && typeof error.path === 'string'
      ? error.path.replace(/\.\d{5,}$/, '')
      : 'A file of this step';
  return {
    code: 'unusable-path',
    message: `${place} can't be used (${code}): ${means}. ${todo}, and do this step again. What was recorded so far is kept.`,
  };
}
