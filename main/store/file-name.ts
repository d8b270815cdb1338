/** A name as part of a file name: ASCII letters, digits and dashes, never empty, the same name always the same. */
export function fileSafeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain === '' ? 'unnamed' : plain;
}
