// The licences of what others made of a program, as one text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Part */

/**
 * The packages that really are in a program's bundles, as its build noted them (vite.licences.ts).
 * @param {string} built its folder below `dist/`
 * @returns {Part[]}
 */
export const partsIn = (built) => JSON.parse(readFileSync(join(built, 'licences.json'), 'utf8'));

/**
 * Every part of a built program by name, version and licence, each with the text of its licence.
 * @param {string[]} built the folders below `dist/` that it is made of
 */
export function thirdPartyText(...built) {
  const all = new Map(built.flatMap(partsIn).map((part) => [`${part.name}@${part.version}`, part]));
  const parts = [...all.values()].map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(78)}\n${name} ${version}: ${licence}\n${'='.repeat(78)}\n\n` +
      `${text === '' ? 'The package brings no text of its licence.' : text}\n`,
  );
  return `What others made of this program, and under which licence.\n\n${parts.join('\n')}`;
}
