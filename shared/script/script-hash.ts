import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import canonicalize from 'canonicalize';
import { fromHex, toHex } from '../bytes';
import { digestWords } from '../words';
import type { Script } from './script';

/**
 * Lower-case hex SHA-256 of a script: of its JSON in the one form of RFC 8785, so that it is the same however
 * a file of it is laid out.
 */
export const scriptHash = (script: Script): string => toHex(sha256(utf8.decode(canonicalize(script) ?? '')));

/** Four words of such a hash, to be read aloud. `hash`: 64 hex digits. */
export const scriptWords = (hash: string): string => digestWords(fromHex(hash));
