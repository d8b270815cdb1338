import { run } from '../command.mjs';

/**
 * Signs a file with a key of the caller's gpg, beside it, as `FILE.asc`. The key may be on a card: gpg asks
 * for what it needs, and nothing secret comes by here. Throws an Error with what gpg says.
 * @param {string} file
 * @param {string} key the key's fingerprint, 40 hex digits: a name or a short id could be somebody else's
 */
export function signFile(file, key) {
  const fingerprint = key.replaceAll(/\s/g, '').toUpperCase();
  if (!/^[0-9A-F]{40}$/.test(fingerprint))
    throw new Error('The release key is named by its fingerprint, 40 hex digits.');
  const how = ['--armor', '--digest-algo', 'SHA512', '--yes', '--output', `${file}.asc`];
  run('gpg', ['--local-user', `${fingerprint}!`, ...how, '--detach-sign', file]);
}
