import type { RoleChoice } from '../parts/welcome/first-start';

/** Who works at an air-gapped laptop, to choose from at its first start. */
export const offlineRoles = [
  { value: 'officer', name: 'Officer', hint: 'Plans the ceremony, makes the key, decodes the token.' },
  { value: 'custodian', name: 'Custodian', hint: 'Holds one key share and releases it for one attempt.' },
  { value: 'witness', name: 'Witness', hint: 'Watches, and signs the transcript.' },
] as const satisfies readonly RoleChoice[];
