/** Major and minor number of what a server says of its version ("1.21.4+ent"). Null for other text. */
export function serverVersion(version: string): { readonly major: number; readonly minor: number } | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor) };
}
