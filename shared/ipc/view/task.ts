import { z } from 'zod';
import type { ShownTask } from '../../task/shown-task';

/** A task of the plan as screens show it. */
export const taskView: z.ZodType<ShownTask> = z.object({
  title: z.string(),
  points: z.array(z.string()),
  requests: z.array(
    z.object({
      method: z.enum(['GET', 'LIST', 'POST', 'PUT', 'DELETE']),
      path: z.string(),
      body: z.string().nullable(),
      bytes: z.int(),
      each: z.boolean(),
    }),
  ),
});
