import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import {
  aloneSentence,
  mostSeen,
  requireSafeGiving,
  type StepIn,
  sharesOf,
  stationOf,
  whoSeesQuorum,
  withStations,
} from '../../../shared/ceremony/giving';
import type { ParticipantState } from '../../../shared/ceremony/participant';

const person = (role: 'custodian' | 'operator', n: number, shares?: number): ParticipantState => ({
  name: `${role} ${n}`,
  role,
  fingerprint: `${role}-${n}`,
  ...(shares === undefined ? {} : { shares }),
});
const people = (custodians: number, operators: number): ParticipantState[] => [
  { name: 'Olga', role: 'officer', fingerprint: 'officer' },
  ...Array.from({ length: custodians }, (_, n) => person('custodian', n)),
  ...Array.from({ length: operators }, (_, n) => person('operator', n)),
];
const stations = (roster: readonly ParticipantState[]) =>
  roster.filter(({ role }) => role === 'custodian').map(({ givesTo }) => givesTo ?? 'reserve');
const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return error instanceof CeremonyError ? error.code : String(error);
  }
  return 'taken';
};

describe('the stations that are proposed', () => {
  test('are even, and what is beyond one share below the threshold a station is a reserve', () => {
    expect(stations(withStations(people(5, 2), {}, 3, false))).toEqual([
      'operator-0',
      'operator-1',
      'operator-0',
      'operator-1',
      'reserve',
    ]);
  });

  test('leave a choice of the officer as it is, and spread the others around it', () => {
    const chosen = { 'custodian-0': 'operator-1', 'custodian-1': '' };
    expect(stations(withStations(people(4, 2), chosen, 3, false))).toEqual([
      'operator-1',
      'reserve',
      'operator-0',
      'operator-0',
    ]);
  });

  test('forget a choice of somebody who is no operator of the roster any more', () => {
    expect(stations(withStations(people(1, 1), { 'custodian-0': 'operator-7' }, 2, false))).toEqual([
      'operator-0',
    ]);
  });

  test('let one station take all where the officer states it', () => {
    expect(stations(withStations(people(3, 1), {}, 3, true))).toEqual(Array(3).fill('operator-0'));
  });

  test('are safe whenever they make a quorum at all, for any team', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 }),
        (custodians, operators, threshold, several) => {
          const roster = people(custodians, operators).map((each, i) => {
            const shares = several[i - 1];
            return each.role === 'custodian' && shares !== undefined ? { ...each, shares } : each;
          });
          const given = withStations(roster, {}, threshold, false);
          const seen = [...mostSeen(given, []).values()];
          expect(seen.every((count) => count < Math.max(threshold, 1))).toBe(true);
          const code = codeOf(() => requireSafeGiving(given, [], threshold, false));
          const reach = given
            .filter(({ givesTo }) => givesTo !== undefined)
            .reduce((sum, each) => sum + sharesOf(each), 0);
          const holdsQuorum = given.some((each) => each.role === 'custodian' && sharesOf(each) >= threshold);
          expect(code).toBe(
            reach < threshold ? 'quorum-too-small' : holdsQuorum ? 'quorum-at-one-station' : 'taken',
          );
        },
      ),
    );
  });
});

describe('a plan is refused', () => {
  const roster = withStations(people(5, 2), {}, 3, false);

  test('where one operator would see a quorum, unless the officer states it', () => {
    const all = people(5, 2).map((each) =>
      each.role === 'custodian' ? { ...each, givesTo: 'operator-0' } : each,
    );
    expect(codeOf(() => requireSafeGiving(all, [], 3, false))).toBe('quorum-at-one-station');
    expect(codeOf(() => requireSafeGiving(all, [], 3, true))).toBe('taken');
    expect(whoSeesQuorum(all, [], 3).map(({ name }) => name)).toEqual(['operator 0']);
  });

  test('where the threshold is 1, unless the officer states it', () => {
    const one = withStations(people(2, 2), {}, 1, true);
    expect(codeOf(() => requireSafeGiving(one, [], 1, false))).toBe('quorum-at-one-station');
    expect(codeOf(() => requireSafeGiving(one, [], 1, true))).toBe('taken');
  });

  test('where one custodian holds a quorum of shares', () => {
    const rich = roster.map((each) => (each.fingerprint === 'custodian-4' ? { ...each, shares: 3 } : each));
    expect(codeOf(() => requireSafeGiving(rich, [], 3, false))).toBe('quorum-at-one-station');
  });

  test('where a custodian gives to somebody who is no operator', () => {
    const astray = roster.map((each) =>
      each.fingerprint === 'custodian-0' ? { ...each, givesTo: 'custodian-1' } : each,
    );
    expect(codeOf(() => requireSafeGiving(astray, [], 3, true))).toBe('no-station');
  });
});

describe('a reserve steps in', () => {
  const roster = withStations(people(4, 3), { 'custodian-3': '' }, 3, false);
  const step: StepIn = { reserve: 'custodian-3', insteadOf: 'custodian-0', givesTo: 'operator-2' };

  test('and gives at the station of the amendment, while the other gives nowhere', () => {
    expect(stationOf(roster, [], 'custodian-3')).toBeNull();
    expect(stationOf(roster, [step], 'custodian-3')).toEqual({ operator: 'operator-2', shares: 1 });
    expect(stationOf(roster, [step], 'custodian-0')).toBeNull();
    expect(codeOf(() => requireSafeGiving(roster, [step], 3, false))).toBe('taken');
  });

  test('but whoever stepped out counts at their station on: the share may have reached it', () => {
    const two = withStations(people(5, 2), {}, 3, false);
    const full: StepIn = { reserve: 'custodian-4', insteadOf: 'custodian-0', givesTo: 'operator-0' };
    expect(mostSeen(two, [full]).get('operator-0')).toBe(3);
    expect(codeOf(() => requireSafeGiving(two, [full], 3, false))).toBe('quorum-at-one-station');
    expect(codeOf(() => requireSafeGiving(two, [full], 3, true))).toBe('taken');
  });

  test.each([
    ['somebody who gives already', { ...step, reserve: 'custodian-1' }],
    ['somebody who is no custodian', { ...step, reserve: 'officer' }],
    ['for nobody', { ...step, insteadOf: 'nobody' }],
    ['at no station', { ...step, givesTo: 'officer' }],
    ['for themselves', { ...step, insteadOf: 'custodian-3' }],
  ])('but not %s', (_, wrong) => {
    expect(codeOf(() => requireSafeGiving(roster, [wrong], 3, true))).toBe('no-station');
  });

  test('once, and for one', () => {
    expect(codeOf(() => requireSafeGiving(roster, [step, step], 3, true))).toBe('no-station');
  });
});

test('who has a quorum alone is said by name', () => {
  expect(aloneSentence(['Otto'])).toBe('Otto alone could take the token and rebuild the root key');
  expect(aloneSentence(['Otto', 'Olga'])).toBe(
    'Otto or Olga, each alone, could take the token and rebuild the root key',
  );
});
