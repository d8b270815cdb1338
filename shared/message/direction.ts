import { equalBytes } from '../bytes';
import type { MessageType, Role } from './body';
import { MessageError } from './message-error';
import type { SignedMessage } from './wire';

interface Direction {
  readonly from: readonly Role[];
  readonly to: readonly Role[];
  /** Completes "it goes …". */
  readonly way: string;
  /** Completes "Here … is expected". */
  readonly name: string;
  /** What to do to get one. */
  readonly ask: string;
}

const ANYONE: readonly Role[] = ['officer', 'custodian', 'operator', 'witness'];

/**
 * Who sends which message to whom (docs/design.md, "What crosses the gap"). The operator is the person at an
 * online station. Whether the signer has the role that is needed is asked by whoever gives `sender` here, or
 * by `signerKnownAs` (main/offline/signer.ts). An attempt goes to other stations, too:
 * main/online/attempt/join.ts.
 */
export const directions: Readonly<Record<MessageType, Direction>> = {
  identity: {
    from: ANYONE,
    to: ANYONE,
    way: 'from anyone to anyone, before a ceremony',
    name: "a person's identity",
    ask: 'Ask the person to show their identity code.',
  },
  station: {
    from: ['operator'],
    to: ['officer', 'custodian', 'witness'],
    way: 'from the station to the officer',
    name: "the station's introduction",
    ask: 'Ask the operator for the code by which the station introduces itself.',
  },
  start: {
    from: ['officer'],
    to: ['operator', 'witness'],
    way: 'from the officer to the station',
    name: "the officer's start",
    ask: 'Ask the officer for the start code.',
  },
  amendment: {
    from: ['officer'],
    to: ['operator', 'witness'],
    way: 'from the officer to the station, which passes it on with its attempt',
    name: "the officer's amendment",
    ask: 'Ask the officer for the amendment code.',
  },
  attempt: {
    from: ['operator'],
    to: ['officer', 'custodian', 'witness'],
    way: 'from the station to the custodians and the officer',
    name: 'the attempt',
    ask: 'Ask the operator for the attempt code.',
  },
  share: {
    from: ['custodian'],
    to: ['operator'],
    way: 'from a custodian to the station',
    name: "a custodian's share",
    ask: 'Ask the custodian for the share code.',
  },
  result: {
    from: ['operator'],
    to: ['officer'],
    way: 'from the station to the officer',
    name: "the officer's result",
    ask: 'Ask the station for its result code.',
  },
  handoff: {
    from: ['officer'],
    to: ['operator'],
    way: 'from the officer to the station that finished the attempt',
    name: "the officer's handoff",
    ask: 'Ask the officer for the handoff code.',
  },
  outcome: {
    from: ['operator'],
    to: ['officer', 'custodian', 'witness'],
    way: 'from the station that had the token to the officer and everyone who signs',
    name: 'the outcome',
    ask: 'Ask the operator for the outcome code.',
  },
  checkpoint: {
    from: ANYONE,
    to: ANYONE,
    way: 'from whoever closes a transcript to whoever signs it',
    name: 'a checkpoint',
    ask: 'Ask the other station for its checkpoint code.',
  },
  signature: {
    from: ANYONE,
    to: ANYONE,
    way: 'from whoever signed a checkpoint back to the station that asked',
    name: 'a signature over a checkpoint',
    ask: 'Ask the person who signs for their signature code.',
  },
  log: {
    from: ANYONE,
    to: ANYONE,
    way: 'from a station to a witness, or to whoever archives',
    name: "a station's journal",
    ask: 'Ask at the other station for the code of its journal.',
  },
  witness: {
    from: ['witness'],
    to: ['officer', 'custodian', 'operator'],
    way: 'from a witness to the stations of a ceremony, which keep it in their journals',
    name: "a witness's statement",
    ask: 'Ask the witness for the code of their statement.',
  },
};

/** What the receiver is waiting for. What is left out is not checked. */
export interface Expectation<T extends MessageType> {
  readonly types: readonly T[];
  /** The receiver's own role. */
  readonly to: Role;
  /** The signer, as `verifyMessage` found them, with their role of the roster. */
  readonly sender?: { readonly name: string; readonly role: Role };
  readonly ceremony?: Uint8Array;
  readonly nonce?: string;
  /** Digest of the message that this one must answer, or of any of several. */
  readonly prev?: Uint8Array | readonly Uint8Array[];
  /** `sealingKeyId` of the receiver's key, where a share or the token must be sealed to it. */
  readonly sealedTo?: Uint8Array;
  /**
   * The receiver's clock. Only the station that set a time limit may hold others to it: other clocks are
   * wrong.
   */
  readonly now?: Date;
}

type Expected<T extends MessageType> = SignedMessage<T>['envelope'];

/**
 * The message's envelope, once it is known to be one that is expected here. Call it after `verifyMessage`.
 * Throws `MessageError`, the first of: 'wrong-direction', 'wrong-type', 'wrong-sender', 'other-ceremony',
 * 'other-nonce', 'other-station', 'stale' (answers another message than the newest), 'expired'.
 */
export function expectMessage<T extends MessageType>(
  message: SignedMessage,
  expectation: Expectation<T>,
): Expected<T> {
  const { envelope } = message;
  const { to, sender } = expectation;
  const direction = directions[envelope.type];
  const expected = expectation.types.map((type) => directions[type].name).join(' or ');
  const [only] = expectation.types;
  const ask = only && expectation.types.length === 1 ? ` ${directions[only].ask}` : '';

  if (!direction.to.includes(to)) {
    throw new MessageError(
      'wrong-direction',
      `This is ${article(envelope.type)} message: it goes ${direction.way}. Here ${expected} is expected.${ask}`,
    );
  }
  if (!isExpected(envelope, expectation.types)) {
    throw new MessageError(
      'wrong-type',
      `This is ${article(envelope.type)} message, but here ${expected} is expected.${ask}`,
    );
  }
  if (sender && !direction.from.includes(sender.role)) {
    throw new MessageError(
      'wrong-sender',
      `This ${envelope.type} message is signed by ${sender.name}, who takes part as ${sender.role}. It goes ${direction.way}, so ${sender.name} cannot send it. Do not use it, and ask ${sender.name} how it came about.`,
    );
  }
  refuseOtherCeremony(envelope, expectation.ceremony);
  refuseOtherNonce(envelope, expectation.nonce);
  // A share for the other station answers another attempt message, too: what to do with it is said first.
  refuseOtherStation(envelope, expectation.sealedTo);
  refuseStale(envelope, expectation.prev);
  refuseExpired(envelope, expectation.now);
  return envelope;
}

type AnyEnvelope = SignedMessage['envelope'];

const article = (type: MessageType): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

const isExpected = <T extends MessageType>(
  envelope: AnyEnvelope,
  types: readonly T[],
): envelope is Expected<T> & AnyEnvelope => types.some((type) => type === envelope.type);

/** Identities and stations are introduced before there is a ceremony, so they may name none. */
function refuseOtherCeremony({ type, ceremony }: AnyEnvelope, expected: Uint8Array | undefined): void {
  if (expected === undefined) return;
  if (ceremony === null && (type === 'identity' || type === 'station')) return;
  if (ceremony !== null && equalBytes(ceremony, expected)) return;
  throw new MessageError(
    'other-ceremony',
    `This ${type} message belongs to another ceremony. Compare the two ceremony words at the top of both screens, and ask for the code of this ceremony.`,
  );
}

function refuseOtherNonce(envelope: AnyEnvelope, expected: string | undefined): void {
  if (expected === undefined || !('nonce' in envelope.body) || envelope.body.nonce === expected) return;
  throw new MessageError(
    'other-nonce',
    `This ${envelope.type} message belongs to another attempt on the server. The attempt was started anew, or this code is left from an earlier one: compare the four nonce words on both screens, and ask for the code of the attempt that is open now.`,
  );
}

function refuseStale({ type, prev }: AnyEnvelope, expected: Expectation<MessageType>['prev']): void {
  if (expected === undefined) return;
  const digests = expected instanceof Uint8Array ? [expected] : expected;
  if (prev !== null && digests.some((digest) => equalBytes(digest, prev))) return;
  throw new MessageError(
    'stale',
    `This ${type} message answers an older message than the one this station is waiting on: it is out of date. Show the newest code to the other station, and ask for its answer to that one.`,
  );
}

function refuseOtherStation(envelope: AnyEnvelope, keyId: Uint8Array | undefined): void {
  if (keyId === undefined || (envelope.type !== 'share' && envelope.type !== 'handoff')) return;
  if (equalBytes(envelope.body.sealedTo, keyId)) return;
  if (envelope.type === 'handoff') {
    throw new MessageError(
      'other-station',
      'The token in this handoff is sealed to another station, or to a key that this station has since destroyed. Nothing was opened. Carry it to the station whose result the officer took; if that is this one, the officer shows the token by hand instead.',
    );
  }
  throw new MessageError(
    'other-station',
    'This share is sealed to another station, or to a key that this station has since forgotten. Carry it to the station whose attempt code the custodian scanned, or have the custodian scan the attempt code of this one and release the share again.',
  );
}

function refuseExpired(envelope: AnyEnvelope, now: Date | undefined): void {
  if (now === undefined || (envelope.type !== 'share' && envelope.type !== 'handoff')) return;
  if (now.getTime() < Date.parse(envelope.body.expiresAt)) return;
  if (envelope.type === 'handoff') {
    throw new MessageError(
      'expired',
      `This handoff could be taken until ${envelope.body.expiresAt}, which has passed. Nothing was opened. The token is alive: make the result anew, with a new key, and have the officer take it and hand the token over again. Or the officer shows it by hand, and it is revoked that way.`,
    );
  }
  throw new MessageError(
    'expired',
    `This share could be used until ${envelope.body.expiresAt}, which has passed. Show the custodian a new attempt code, and have the share released again.`,
  );
}
