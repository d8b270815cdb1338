import { z } from 'zod';
import { densityRange } from '../qr/density';
import { lockChoices, speedRange } from './preference-choices';

/**
 * How a station shows and reads codes and when it locks itself, as its people last chose. No secret, and
 * nothing of a ceremony.
 */
export const preferences = z.strictObject({
  speed: z.int().min(speedRange.min).max(speedRange.max),
  /** Characters a moving part's code has at most; null for the standard density. */
  density: z.int().min(densityRange.min).max(densityRange.max).nullable(),
  /**
   * Name of the camera, as the system calls it: its id changes with every start. Null: whichever comes first.
   */
  camera: z.string().max(300).nullable(),
  /** Minutes without use after which the station locks itself. A file of an earlier version has none. */
  lockAfter: z.literal(lockChoices).default(10),
});
export type Preferences = z.infer<typeof preferences>;
