import { z } from 'zod';
import { type OperatorCeremony, operatorCeremony } from './operator';

/** A state file of version 1: one flat object, whose fields were empty or null where a step has none. */
const flat = z.looseObject({
  v: z.literal(1),
  step: z.enum(['starting', 'open', 'finished', 'cancelled', 'lost']),
  nonce: z.unknown(),
  progress: z.unknown(),
  round: z.unknown(),
  sealing: z.unknown(),
  pending: z.unknown(),
  result: z.unknown(),
});

/** Which of those fields each step has. */
const OWN: Readonly<Record<OperatorCeremony['step'], readonly (keyof z.infer<typeof flat>)[]>> = {
  starting: [],
  open: ['nonce', 'progress', 'round', 'sealing', 'pending'],
  finished: ['nonce', 'result'],
  cancelled: ['nonce', 'progress', 'round'],
  lost: ['nonce', 'progress', 'round'],
};

/** An operator's ceremony as Airlock wrote it before its steps had fields of their own. Parses to today's. */
const operatorCeremonyV1 = flat
  .transform(({ nonce, progress, round, sealing, pending, result, ...always }) => {
    const some = { nonce, progress, round, sealing, pending, result };
    const own = Object.entries(some).filter(([name]) => OWN[always.step].includes(name));
    return { ...always, v: 2, ...Object.fromEntries(own) };
  })
  .pipe(operatorCeremony);

/** An operator's ceremony as it lies on disk, in this version's form or in that of the version before. */
export const operatorCeremonyOnDisk: z.ZodType<OperatorCeremony> = z.union([
  operatorCeremony,
  operatorCeremonyV1,
]);
