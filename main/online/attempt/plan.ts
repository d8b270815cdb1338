import { equalBytes, toHex } from '../../../shared/bytes';
import { namespaceName, sameNamespace } from '../../../shared/ceremony/namespace';
import { requireKnownNames, requireSoundPlan } from '../../../shared/ceremony/plan-check';
import { shareKindName } from '../../../shared/ceremony/share-kind';
import type { ServerIdentity, ShareKind } from '../../../shared/message/body';
import { expectMessage } from '../../../shared/message/direction';
import type { Envelope } from '../../../shared/message/envelope';
import { type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import { checkKeyForServer, parsePublicKey } from '../../../shared/openpgp/public-key';
import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { knownKeys, listPeople } from '../../store/people';
import type { ServerFacts } from '../server/facts';
import { type StationContext, signer } from '../station-context';
import { AttemptError } from './attempt-error';

/** An officer's start message whose signature, sender and roster were checked. */
export interface Plan {
  readonly message: SignedMessage<'start'>;
  readonly envelope: Envelope<'start'>;
  /** Hex. */
  readonly ceremony: string;
  /** Hex. */
  readonly digest: string;
  /** Lower-case hex of the key that the token will be encrypted to; '' with an OTP. */
  readonly pgpFingerprint: string;
}

/**
 * The plan in a start message: signed by an officer who is known here, with this station's operator on its
 * roster, and sound as every laptop asks it. Throws `MessageError`, `AttemptError` 'start-incomplete',
 * 'not-on-roster', `CeremonyError` as `requireSoundPlan` and `requireKnownNames`, `OpenPgpError`,
 * `StationError` 'locked', 'wrong-role'.
 */
export async function acceptPlan(context: StationContext, message: SignedMessage): Promise<Plan> {
  const identity = signer(context);
  const known = await verifyMessage(message, knownKeys(context.home));
  const person = listPeople(context.home).find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  const envelope = expectMessage(message, {
    types: ['start'],
    to: 'operator',
    sender: { name: known.name, role: person?.role ?? identity.role },
  });
  const { body, ceremony } = envelope;
  if (ceremony === null) {
    throw new AttemptError(
      'start-incomplete',
      'This start message names no ceremony. Ask the officer to make it again.',
    );
  }
  const listed = body.roster.some(
    ({ role, fingerprint }) => role === 'operator' && equalBytes(fingerprint, identity.fingerprint),
  );
  if (!listed) {
    throw new AttemptError(
      'not-on-roster',
      `${identity.name} isn't on the officer's roster as an operator, so nobody would accept this station's answers. Ask the officer to take ${identity.name} in and to make the start message again.`,
    );
  }
  requireSoundPlan(envelope, message.digest, null);
  requireKnownNames(envelope, knownKeys(context.home));
  const key = body.publicKey === undefined ? null : await parsePublicKey(body.publicKey);
  return {
    message: { ...message, envelope },
    envelope,
    ceremony: toHex(ceremony),
    digest: toHex(message.digest),
    pgpFingerprint: key === null ? '' : toHex(key.fingerprint),
  };
}

/**
 * Holds the plan against what the server says now. Throws `AttemptError` 'other-server', 'token-kind',
 * 'other-shares', 'threshold', 'otp-length', and `OpenPgpError` where the key would make the server panic or
 * can't be used by it (docs/server-facts.md, "A key that the server can't use").
 */
export async function checkPlanForServer({ envelope: { body } }: Plan, facts: ServerFacts): Promise<void> {
  const { server, threshold, otpLength } = facts;
  if (
    body.server.clusterId !== server.clusterId ||
    (server.clusterId === '' && body.server.address !== server.address)
  ) {
    throw new AttemptError(
      'other-server',
      `The officer's plan is for another server (${body.server.address}, cluster ${body.server.clusterId || 'unnamed'}) than ${server.address} (cluster ${server.clusterId || 'unnamed'}). Nothing was started. Go to the server of the plan.`,
      'Which server is asked comes from VAULT_ADDR or --server.',
    );
  }
  refuseOtherNamespace(body.server, server);
  refuseOtherKind(body.tokenKind, facts.tokenKind);
  refuseOtherShares(body.server.shareKind, server.shareKind);
  if (body.threshold !== threshold) {
    throw new AttemptError(
      'threshold',
      `The plan counts on ${body.threshold} shares, but the server asks for ${threshold} now: it was rekeyed since. Nothing was started. Give the officer a new station message.`,
    );
  }
  if (body.method === 'otp' && body.otpLength !== otpLength) {
    throw new AttemptError(
      'otp-length',
      `The officer's one-time password was made for otp_length ${body.otpLength}, but the server names ${otpLength} now. Nothing was started. Give the officer a new station message.`,
    );
  }
  if (body.publicKey !== undefined)
    await checkKeyForServer(body.publicKey, facts.serverTime, facts.server.version);
}

function refuseOtherNamespace(planned: ServerIdentity, asked: ServerIdentity): void {
  if (sameNamespace(planned, asked)) return;
  const [wanted, found] = [planned, asked].map(
    (server) => namespaceName(server) || 'the whole server, in no namespace',
  );
  throw new AttemptError(
    'other-server',
    `The officer's plan is for ${wanted} of ${planned.address}, and this station asks ${found}. Nothing was started. Name the namespace of the plan, and give the same message again.`,
    'Which namespace is asked comes from VAULT_NAMESPACE (or BAO_NAMESPACE) or --namespace.',
  );
}

function refuseOtherKind(planned: TokenKind, made: TokenKind): void {
  if (planned === made) return;
  throw new AttemptError(
    'token-kind',
    `The officer's plan is for ${tokenKindWords(planned).one}, but this is ${tokenKindWords(made).made}, which makes ${tokenKindWords(made).one}. Nothing was started. Have the server run in the mode of the plan, or give the officer a new station message for a new plan.`,
  );
}

/** A plan that says nothing of it counts on whatever the server wants. */
function refuseOtherShares(planned: ShareKind | undefined, asked: ShareKind | undefined): void {
  if (planned === undefined || asked === undefined || planned === asked) return;
  throw new AttemptError(
    'other-shares',
    `The plan counts on ${shareKindName(planned)}, but the server wants ${shareKindName(asked)} now: its seal was changed since. Nothing was started. Give the officer a new station message.`,
  );
}
