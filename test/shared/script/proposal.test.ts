import { expect, test } from 'vitest';
import { emptyPlan } from '../../../shared/ceremony/plan';
import { otherThan, takenOver } from '../../../shared/script/proposal';

const proposal = { purpose: 'Yearly exercise', method: 'otp' } as const;

test('a plan takes over what its script proposes, where nobody has said otherwise', () => {
  expect(takenOver(emptyPlan(false), proposal)).toEqual(proposal);
  expect(takenOver({ ...emptyPlan(false), purpose: ' ' }, { method: 'pgp' })).toEqual({});
  expect(takenOver(emptyPlan(false), undefined)).toEqual({});
});

test('a purpose that was typed and a method that was chosen stay, and what differs is named', () => {
  const typed = { ...emptyPlan(false), purpose: 'Re-enable OIDC', method: 'otp' } as const;
  expect(takenOver(typed, { ...proposal, method: 'pgp' })).toEqual({});
  expect(otherThan(typed, { ...proposal, method: 'pgp' })).toEqual({ ...proposal, method: 'pgp' });
  expect(otherThan(typed, proposal)).toEqual({ purpose: 'Yearly exercise' });
  expect(otherThan({ ...typed, ...proposal }, proposal)).toEqual({});
});
