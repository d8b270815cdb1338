import { z } from 'zod';
import { checkpointView } from './view/checkpoint';
import { custodianView } from './view/custodian';
import { custodyView } from './view/custody';
import { officerView } from './view/officer';
import { outgoingView } from './view/outgoing';
import { personView } from './view/person';

/** One ceremony in the list of this laptop's. */
const ceremonySummary = z.object({
  id: z.string(),
  words: z.string(),
  title: z.string(),
  /** 'unreadable': its state on disk can't be read here. */
  role: z.enum(['officer', 'custodian', 'unreadable']),
  step: z.string(),
  rehearsal: z.boolean(),
  updatedAt: z.string(),
});

/** Everything the windows of the air-gapped app show. It never holds a secret. */
export const appState = z.object({
  version: z.string(),
  electron: z.string(),
  stationLabel: z.string(),
  offline: z.object({
    ok: z.boolean(),
    /** ISO time of the check. */
    checkedAt: z.string(),
    /** "no network interface is up", or which one is. */
    detail: z.string(),
  }),
  identity: personView.extend({ unlocked: z.boolean(), outgoing: outgoingView.nullable() }).nullable(),
  people: z.array(personView),
  /** Someone's identity that was read and is to be compared by voice before it counts. */
  pendingPerson: personView
    .extend({
      /** What changes of someone known already: "was custodian, now officer"; null for somebody new. */
      change: z.string().nullable(),
    })
    .nullable(),
  ceremonies: z.array(ceremonySummary),
  ceremony: z.discriminatedUnion('role', [officerView, custodianView]).nullable(),
  custody: custodyView,
  toSign: checkpointView.nullable(),
  /** Parts of a moving code read so far, null when none is under way. */
  reading: z.object({ have: z.int(), of: z.int(), seen: z.array(z.boolean()) }).nullable(),
});
export type AppState = z.infer<typeof appState>;
