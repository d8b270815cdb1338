import { z } from 'zod';
import { fromHex, toHex } from '../bytes';
import { type Participant, roleSchema } from '../message/body';

/** A person of the roster as it lies on disk: the fingerprint is lower-case hex. */
export const participantState = z.strictObject({
  name: z.string(),
  role: roleSchema,
  fingerprint: z.string(),
});
export type ParticipantState = z.infer<typeof participantState>;

export const participantOnDisk = (person: Participant): ParticipantState => ({
  name: person.name,
  role: person.role,
  fingerprint: toHex(person.fingerprint),
});

export const participantInMessage = (person: ParticipantState): Participant => ({
  name: person.name,
  role: person.role,
  fingerprint: fromHex(person.fingerprint),
});
