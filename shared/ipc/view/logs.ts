import { z } from 'zod';

/** Other stations' journals of one ceremony that came in by codes. */
export const logsView = z.object({
  /** Of the ceremony. */
  id: z.string(),
  words: z.string(),
  rehearsal: z.boolean(),
  stations: z.array(z.object({ label: z.string(), from: z.string(), lines: z.int(), signatures: z.int() })),
});
export type LogsView = z.infer<typeof logsView>;
