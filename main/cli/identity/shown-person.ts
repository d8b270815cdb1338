import { toHex } from '../../../shared/bytes';
import type { Person } from '../../store/people';

/** What `--json` prints of someone whom the home knows. */
export const personJson = ({ name, role, fingerprint, words, addedAt }: Person) => ({
  name,
  role,
  fingerprint: toHex(fingerprint),
  words,
  addedAt,
});
