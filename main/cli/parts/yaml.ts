import { stringify } from 'yaml';

/**
 * A value as a document of YAML of its own, so that several may follow one another. Readers of YAML 1.1, as
 * many are still, get the same strings: `no` and `0123` are quoted.
 */
export const yamlText = (value: unknown): string =>
  `---\n${stringify(value, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false })}`;
