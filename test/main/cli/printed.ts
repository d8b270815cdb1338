import { z } from 'zod';

/** What `--json` prints, as far as tests look into it. */

export const shownIdentity = z.object({ name: z.string(), station: z.string(), words: z.string() });

export const knownPeople = z.object({
  people: z.array(z.object({ name: z.string(), role: z.string(), words: z.string() })),
});

export const addedPeople = z.object({
  added: z.array(z.object({ name: z.string(), change: z.string().nullable() })),
});

export const madeMessage = z.object({
  message: z.object({ digest: z.string(), ur: z.string(), files: z.array(z.string()) }),
});

export const openedAttempt = z.object({ ceremony: z.string(), words: z.string(), nonce: z.string() });

export const finishedAttempt = z.object({ encodedToken: z.string() });

export const madeOtp = z.object({ otp: z.string(), otpLength: z.number() });
