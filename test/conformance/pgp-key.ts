import * as openpgp from 'openpgp';

export const DAY = 24 * 60 * 60 * 1000;

export type Making = Pick<
  openpgp.KeyOptions,
  'type' | 'curve' | 'rsaBits' | 'date' | 'keyExpirationTime' | 'subkeys'
>;

/** A key of yesterday, with one name and, unless told otherwise, one subkey. */
export const makeKey = (making: Making): Promise<openpgp.PrivateKey> =>
  openpgp
    .generateKey({
      userIDs: [{ name: 'conformance' }],
      format: 'object',
      date: new Date(Date.now() - DAY),
      ...making,
    })
    .then(({ privateKey }) => privateKey as openpgp.PrivateKey);

/** As gpg makes it by default, since 2.3. */
export const legacy: Making = { type: 'ecc', curve: 'curve25519Legacy' };

/** As `pgp_key` holds it. */
export const field = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
