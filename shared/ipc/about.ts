import { z } from 'zod';

/** A package of others' that is in an app's bundles. */
const bundledPart = z.object({
  name: z.string(),
  version: z.string(),
  /** As its maker names it: “MIT”. */
  licence: z.string(),
  /** The licence itself; '' where the package brings none. */
  text: z.string(),
});
export type BundledPart = z.infer<typeof bundledPart>;

/** As the build writes it into an app's folder (vite.licences.ts). */
export const bundledParts = z.array(bundledPart);

/** Which program this is, and what it is made of. */
export const about = z.object({
  version: z.string(),
  /** Of a packaged program: its commit, and SHA-256 of the list of its files (main/build.ts). */
  build: z.object({ commit: z.string(), filesSha256: z.string() }).nullable(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  parts: bundledParts,
});
export type About = z.infer<typeof about>;
