import { toHex } from '../../../shared/bytes';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import type { ServerFacts } from '../../../shared/ceremony/plan';
import { shortText } from '../../../shared/input/short-values';
import type { Body } from '../../../shared/message/body';

export interface FactsByHand {
  readonly address: string;
  readonly otpLength: number;
  readonly threshold: number;
  readonly shares: number;
}

/**
 * What an operator without a station reads out. Throws `CeremonyError` 'threshold-too-high', or
 * 'plan-incomplete' where the address is missing.
 */
export function factsByHand(facts: FactsByHand): ServerFacts {
  if (facts.threshold > facts.shares) {
    throw new CeremonyError(
      'threshold-too-high',
      `A threshold of ${facts.threshold} can't be reached with ${facts.shares} shares. Check both numbers with the operator.`,
    );
  }
  const address = shortText(facts.address);
  if (address === '') {
    throw new CeremonyError(
      'plan-incomplete',
      "The server's address is missing. Custodians are shown it before they release a share.",
    );
  }
  return {
    ...facts,
    address,
    version: 'not known (typed in by hand)',
    clusterId: '',
    clusterName: '',
    serverTime: null,
    station: null,
  };
}

/**
 * What a station's introduction says. `operator`: fingerprint of its signer. Throws `CeremonyError`
 * 'rehearsal-mismatch' where one of the two is a rehearsal and the other isn't.
 */
export function factsOfStation(
  body: Body<'station'>,
  digest: Uint8Array,
  operator: Uint8Array,
  rehearsal: boolean,
): ServerFacts {
  if (body.rehearsal !== rehearsal) {
    throw new CeremonyError(
      'rehearsal-mismatch',
      body.rehearsal
        ? 'This station serves a rehearsal, but the ceremony is a real one. Begin a rehearsal, or take the code of the real station.'
        : 'This station serves a real server, but the ceremony is a rehearsal. Begin a real ceremony, or take the code of the rehearsal station.',
    );
  }
  return {
    ...body.server,
    threshold: body.threshold,
    shares: body.shares,
    ...(body.tokenKind === undefined ? {} : { tokenKind: body.tokenKind }),
    otpLength: body.otpLength,
    serverTime: body.serverTime,
    station: {
      digest: toHex(digest),
      label: body.station.label,
      sealingKey: toHex(body.station.sealingKey),
      expiresAt: body.station.expiresAt,
      operator: toHex(operator),
    },
  };
}
