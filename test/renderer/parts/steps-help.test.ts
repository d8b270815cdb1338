import { expect, test } from 'vitest';
import { custodianSteps, officerSteps } from '../../../renderer/offline/names';
import { operatorSteps } from '../../../renderer/online/names';
import { stepsHelp } from '../../../renderer/parts/help/steps-help';
import { witnessSteps } from '../../../renderer/parts/names';

test('Help calls each step by the name that the rail has for it, in the same order', () => {
  const rails = {
    officer: officerSteps('pgp'),
    custodian: custodianSteps,
    operator: operatorSteps,
    witness: witnessSteps,
  };
  for (const [role, steps] of Object.entries(rails))
    expect(stepsHelp[role as keyof typeof rails].map(({ name }) => name)).toEqual(
      steps.map(({ name }) => name),
    );
});
