import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const read = <T extends z.ZodType>(name: string, schema: T): z.infer<T> =>
  schema.parse(JSON.parse(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')));

const keyName = z.enum(['curve25519', 'rsa3072', 'rsa4096']);

/** Encoded tokens, with the one-time password or key that opens them, and the server that made them. */
export const tokenVectors = read(
  'tokens.json',
  z.object({
    server: z.string(),
    vectors: z.array(
      z.object({
        from: z.string(),
        otpLength: z.number(),
        otp: z.string().optional(),
        pgpKey: keyName.optional(),
        encodedToken: z.string(),
        token: z.string(),
      }),
    ),
  }),
);

/** Shares from init, plain and encrypted to PGP keys. */
export const shareVectors = read(
  'shares.json',
  z.object({
    server: z.string(),
    shares: z.array(z.object({ threshold: z.number(), hex: z.string(), base64: z.string() })),
    pgp: z.array(z.object({ pgpKey: keyName, encrypted: z.string(), hex: z.string() })),
  }),
);

const testKey = z.object({ publicKey: z.string(), privateKey: z.string() });

/** Test keys, base64 of binary, private keys unlocked. */
export const pgpKeys = read(
  'pgp-keys.json',
  z.object({ keys: z.object({ curve25519: testKey, rsa3072: testKey, rsa4096: testKey }) }),
).keys;

/** Public keys, with what the server's own library says to each. */
export const serverKeyVectors = read(
  'server-keys.json',
  z.object({
    server: z.string(),
    serverTime: z.iso.datetime(),
    vectors: z.array(z.object({ name: z.string(), publicKey: z.string(), verdict: z.string() })),
  }),
);

/** Private keys of many kinds, unlocked, and what a server encrypted to each. */
export const answersByKind = read(
  'answers-by-kind.json',
  z.object({
    answers: z.array(z.object({ name: z.string(), privateKey: z.string(), encodedToken: z.string() })),
  }),
).answers;
