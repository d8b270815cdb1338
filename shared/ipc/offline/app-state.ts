import { z } from 'zod';
import { layerState, offlineLayer } from '../../transcript/event';
import { commonShape } from '../common-state';
import { custodianView } from './custodian';
import { custodyView } from './custody';
import { officerView } from './officer';
import { keptScriptView } from './script';

/** One ceremony in the list of this laptop's. */
const ceremonySummary = z.object({
  id: z.string(),
  words: z.string(),
  title: z.string(),
  /** 'unreadable': its state on disk can't be read here. */
  role: z.enum(['officer', 'custodian', 'unreadable']),
  step: z.string(),
  rehearsal: z.boolean(),
  signedOff: z.boolean(),
  /** Whether it can be removed without a trace in any transcript: nothing of it has crossed. */
  removable: z.boolean(),
  updatedAt: z.string(),
});

/** Everything the windows of the air-gapped app show. It never holds a secret. */
export const appState = z.object({
  ...commonShape,
  offline: z.object({
    ok: z.boolean(),
    /** ISO time of the check. */
    checkedAt: z.string(),
    /** "no network interface is up", or which one is. */
    detail: z.string(),
    /** Names of the interfaces that are up. */
    up: z.array(z.string()),
    /** The person goes on with them, on the record. */
    goesOn: z.boolean(),
    /** ISO time of the last look at the other layers; '' before the first. */
    layersAt: z.string(),
    /** What stands between Airlock and a network, each with what was found, as sentences. */
    layers: z.array(z.object({ layer: offlineLayer, state: layerState, found: z.array(z.string()) })),
  }),
  ceremonies: z.array(ceremonySummary),
  ceremony: z.discriminatedUnion('role', [officerView, custodianView]).nullable(),
  custody: custodyView,
  /** Scripts that an officer's plan can go by. */
  scripts: z.array(keptScriptView),
  /** Outcomes kept without a ceremony's folder, as a witness does, that brought something for this person. */
  brought: z.array(
    z.object({
      digest: z.string(),
      /** Of the ceremony. */
      words: z.string(),
      operator: z.string(),
      proof: z.string(),
    }),
  ),
});
export type AppState = z.infer<typeof appState>;
