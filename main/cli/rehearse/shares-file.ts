import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { plainText } from '../../../shared/input/plain-bytes';
import { unreadableFile } from '../parts/input-file';
import { RehearseError } from './rehearse-error';

const list = z.array(z.string().min(1)).min(1).max(255);
/**
 * Where a file has its shares: `airlock rehearsal-server`, `operator init`, the init API. With auto-unseal
 * the lists of unseal keys are empty, and the recovery keys serve in their place.
 */
const names = [
  'shares',
  'unseal_keys_hex',
  'unseal_keys_b64',
  'keys',
  'keys_base64',
  'recovery_keys_hex',
  'recovery_keys_b64',
  'recovery_keys',
  'recovery_keys_base64',
] as const;
const forms = z.union([
  list,
  ...names.map((name) => z.object({ [name]: list }).transform((file) => file[name] ?? [])),
]);

/**
 * The key shares of a test server, unseal or recovery: a share a line, or JSON as `operator init
 * -format=json`, the init API or `airlock rehearsal-server --json` print it. Throws `RehearseError`
 * 'shares-file'.
 */
export function readSharesFile(path: string): string[] {
  let text: string;
  try {
    text = (plainText(readFileSync(path)) ?? '').trim();
  } catch (error) {
    throw new RehearseError('shares-file', unreadableFile(path, error));
  }
  if (!/^[[{]/.test(text)) {
    const lines = text.split(/\s+/).filter((line) => line !== '');
    if (lines.length > 0) return lines;
    throw new RehearseError(
      'shares-file',
      `The shares file ${path} is empty. Put one key share on each line.`,
    );
  }
  try {
    return forms.parse(JSON.parse(text));
  } catch {
    throw new RehearseError(
      'shares-file',
      `The shares file ${path} isn't understood. Put one key share on each line, or give the JSON of “operator init -format=json”.`,
    );
  }
}
