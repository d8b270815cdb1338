import { z } from 'zod';
import { roleSchema } from '../../message/body';

/** A person as the screens show them. */
export const personView = z.object({
  name: z.string(),
  role: roleSchema,
  /** Upper-case hex in groups of four, for reading. */
  fingerprint: z.string(),
  /** Six words of the fingerprint, compared by voice. */
  words: z.string(),
});
export type PersonView = z.infer<typeof personView>;
