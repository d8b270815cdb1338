import { z } from 'zod';
import { ceremonyCommon } from './view/ceremony';
import { checkpointView } from './view/checkpoint';
import { followedView } from './view/followed';
import { logsView } from './view/logs';
import { outgoingView } from './view/outgoing';
import { personView } from './view/person';

/** What the windows of both apps show, whatever their station is for. It never holds a secret. */
export const commonShape = {
  version: z.string(),
  electron: z.string(),
  stationLabel: z.string(),
  /** Minutes without use after which the station locked itself; null where it didn't. */
  lockedAfter: z.int().nullable(),
  identity: personView
    .extend({
      unlocked: z.boolean(),
      /** Whether it can be taken back, since nothing has happened with it yet. */
      mayStartOver: z.boolean(),
      /** Where the home was backed up to since it was unlocked; null where it wasn't. */
      backedUpTo: z.string().nullable(),
      /** Of the backup from which it was put back since it was locked last; null where it wasn't. */
      restoredFrom: z.object({ madeAt: z.string(), hasOpen: z.boolean() }).nullable(),
      outgoing: outgoingView.nullable(),
    })
    .nullable(),
  people: z.array(personView),
  /** Someone's identity that was read and is to be compared by voice before it counts. */
  pendingPerson: personView
    .extend({
      /** What changes of someone known already: "was custodian, now officer"; null for somebody new. */
      change: z.string().nullable(),
    })
    .nullable(),
  toSign: checkpointView.nullable(),
  /** Other stations' journals that are kept here for an archive, by ceremony. */
  logs: z.array(logsView),
  /** Other stations' journals that this person follows as a witness, by ceremony. */
  followed: z.array(followedView),
  /** Parts of a moving code read so far, null when none is under way. */
  reading: z.object({ have: z.int(), of: z.int(), seen: z.array(z.boolean()) }).nullable(),
};

export const commonState = z.object({
  ...commonShape,
  ceremony: z.object(ceremonyCommon).nullable(),
});
export type CommonState = z.infer<typeof commonState>;
export type CommonCeremony = NonNullable<CommonState['ceremony']>;
