import { expect, test } from 'vitest';
import { nextStep } from '../../../shared/script/next-step';

const people = { isOwn: false, done: null };
const own = { isOwn: true, done: null };

test('the next step is the first that people can carry out now', () => {
  const done = { ...people, state: 'as-expected' } as const;
  const skipped = { ...people, state: 'open' } as const;
  const waiting = { ...own, state: 'open' } as const;
  const ready = { ...own, done: 'The plan was agreed.', state: 'open' } as const;
  const deviated = { ...people, state: 'deviation' } as const;
  expect(nextStep([done, skipped, done, skipped])).toBe(skipped);
  expect(nextStep([deviated, waiting, skipped])).toBe(skipped);
  expect(nextStep([done, ready, skipped])).toBe(ready);
  expect(nextStep([done, waiting])).toBe(waiting);
  expect(nextStep([done, deviated])).toBeUndefined();
  expect(nextStep([])).toBeUndefined();
});
