import { stationOf } from '../../../shared/ceremony/giving';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import type { SoundPlan } from '../../../shared/ceremony/plan-check';
import { SubmitError } from './submit-error';

/** Someone who signed a share message. `fingerprint`: lower-case hex. */
export interface Giver {
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * Holds whoever gives a share against the plan: their share goes to this operator's station, and no more of
 * them than they hold. `operator`: hex. Throws `SubmitError` 'not-on-roster', 'gives-elsewhere',
 * 'given-already'.
 */
export function requireGiver(
  { roster, steps }: SoundPlan,
  { round }: OperatorAt<'open'>,
  operator: string,
  { name, fingerprint }: Giver,
): void {
  const nameOf = (wanted: string): string =>
    roster.find((person) => person.fingerprint === wanted)?.name ?? 'another operator';
  const station = stationOf(roster, steps, fingerprint);
  if (station === null) {
    const stepped = steps.find(({ insteadOf }) => insteadOf === fingerprint);
    throw new SubmitError(
      'gives-elsewhere',
      stepped === undefined
        ? `By the officer's plan ${name} is a reserve, so this share isn't taken. Should ${name} give after all, the officer amends the plan first.`
        : `By the officer's amendment ${nameOf(stepped.reserve)} gives instead of ${name}, so this share isn't taken.`,
    );
  }
  if (station.operator !== operator) {
    throw new SubmitError(
      'gives-elsewhere',
      `By the officer's plan ${name} gives at the station of ${nameOf(station.operator)}, not here, so this share isn't taken. Ask ${name} which attempt code they scanned, and tell the officer.`,
    );
  }
  if (round.filter((giver) => giver === name).length < station.shares) return;
  throw new SubmitError(
    'given-already',
    `${name} has given ${station.shares === 1 ? 'a share' : `all ${station.shares} shares`} in this attempt already, and holds no more by the plan. Nothing was sent to the server. Ask ${name} how this second one came about, and tell the officer.`,
  );
}

/**
 * Two shares of one server never have the same x-coordinate: equal ones are one share under two names. It is
 * said before the server sees it. Throws `SubmitError` 'same-share'.
 */
export function refuseSameShare({ coordinates }: OperatorAt<'open'>, giver: Giver, x: number | null): void {
  const same = coordinates.find((known) => known.x === x);
  if (same === undefined) return;
  throw new SubmitError(
    'same-share',
    `The share of ${giver.name} has the x-coordinate ${x}, as that of ${same.name} had: they are the same share, or one of them is none of this server's. Nothing was sent to the server. Have both compare their shares with their cards.`,
  );
}
