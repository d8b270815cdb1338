import { toHex } from '../../../shared/bytes';
import { fingerprintWords } from '../../../shared/words';
import type { Identity } from '../../store/identity';

/** What `--json` prints of an identity. */
export const identityJson = ({ name, role, station, fingerprint, createdAt }: Identity) => ({
  name,
  role,
  station,
  fingerprint: toHex(fingerprint),
  words: fingerprintWords(fingerprint),
  createdAt,
});

/** The rows of the table that shows an identity to a person. */
export const identityRows = (identity: Identity): [string, string][] => [
  ['Name', identity.name],
  ['Role', identity.role],
  ['Station', identity.station],
  ['Fingerprint', toHex(identity.fingerprint).toUpperCase()],
  ['Words', fingerprintWords(identity.fingerprint)],
];
