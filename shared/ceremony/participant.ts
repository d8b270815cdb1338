import { z } from 'zod';
import { fromHex, toHex } from '../bytes';
import { type Participant, roleSchema } from '../message/body';

/** A person of the roster as it lies on disk: the fingerprint is lower-case hex. */
export const participantState = z.strictObject({
  name: z.string(),
  role: roleSchema,
  fingerprint: z.string(),
  /**
   * Of a custodian: fingerprint of the operator whose station takes their share. Left out: a reserve, or
   * another role.
   */
  givesTo: z.string().optional(),
  /** Of a custodian who holds more than one share: how many. */
  shares: z.int().min(2).max(16).optional(),
});
export type ParticipantState = z.infer<typeof participantState>;

export const participantOnDisk = (person: Participant): ParticipantState => ({
  name: person.name,
  role: person.role,
  fingerprint: toHex(person.fingerprint),
  ...(person.givesTo === undefined ? {} : { givesTo: toHex(person.givesTo) }),
  ...(person.shares === undefined ? {} : { shares: person.shares }),
});

export const participantInMessage = (person: ParticipantState): Participant => ({
  name: person.name,
  role: person.role,
  fingerprint: fromHex(person.fingerprint),
  ...(person.givesTo === undefined ? {} : { givesTo: fromHex(person.givesTo) }),
  ...(person.shares === undefined ? {} : { shares: person.shares }),
});
