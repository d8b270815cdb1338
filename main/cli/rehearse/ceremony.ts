import { fromHex, toHex } from '../../../shared/bytes';
import { DEFAULT_TOKEN_MINUTES } from '../../../shared/ceremony/token-minutes';
import type { Method } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import type { TaskEntry } from '../../../shared/task/task';
import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { ceremonyWords, digestWords, nonceWords } from '../../../shared/words';
import { goByScript, recordNobodyThere } from './by-script';
import type { Cast, OfflinePlayer, OnlinePlayer } from './cast';
import type { Crossing, DrawnMessage } from './crossing';
import { handOverAndRevoke, tasksToHandOver } from './handoff';
import { stepFailed } from './rehearse-error';
import { useAndEnd } from './token-end';

export interface RehearsedCeremony {
  /** Hex. */
  readonly ceremony: string;
  readonly words: string;
  readonly nonce: string;
  readonly token: {
    readonly kind: TokenKind;
    readonly format: string;
    readonly prefix: string;
    readonly length: number;
    /** '' of a token that can't be looked up. */
    readonly accessor: string;
  };
  readonly revoked: { readonly by: string; readonly proof: string };
}

export interface Script {
  readonly method: Method;
  /** What the server makes. */
  readonly kind: TokenKind;
  /** The token goes to a station, sealed, instead of being read out. */
  readonly handoff: boolean;
  /** Shares of the quorum, as text; each is handed to one custodian. */
  readonly shares: readonly string[];
  /** Ends a server in recovery mode and has it run as usual again, or waits for whoever does. */
  startAsUsual(): Promise<void>;
  /** Says what was done: a short title, and what came of it. */
  say(title: string, detail: string): void;
}

/** Plays one whole ceremony, from the plan to the token whose end is proven. */
export async function playCeremony(
  cast: Cast,
  crossing: Crossing,
  script: Script,
): Promise<RehearsedCeremony> {
  const { officer, operators } = cast;
  const id = await plan(cast, crossing, script);
  const start = startOf(officer);
  const drawnStart = await crossing.draw(start, officer.name);
  const opened = await operators[0].station.start(await crossing.readMessage(drawnStart), { carrier: 'qr' });
  script.say('Attempt started', `${nonceWords(opened.nonce)} · 0 of ${opened.required}`);
  const drawnAttempt = await crossing.draw(opened.message, operators[0].name);
  const joined = await operators[1].station.join(await crossing.readMessage(drawnAttempt), { carrier: 'qr' });
  await take(crossing, drawnAttempt, officer);

  const result = await releaseShares(cast, crossing, script, [
    drawnAttempt,
    await crossing.draw(joined.message, operators[1].name),
  ]);
  await show(crossing, result.message, result.operator, officer);
  await officer.station.officer().token.decode(officer.passphrase);
  const { state } = officer.station.officer();
  const token = 'token' in state ? state.token : null;
  if (token === null) throw stepFailed('decoding left no token');
  script.say(
    'Token decoded',
    `${token.kind}, ${token.length} characters${token.keyMatches === true ? ', made for this key' : ''}`,
  );

  const revoked = script.handoff
    ? await handOverAndRevoke(cast, result.operator, crossing, id, script)
    : await useAndEnd(officer, operators[1], script.kind, id, script);
  if (!script.handoff) officer.station.officer().token.reportRevoked();
  officer.station.officer().destroySecret();
  script.say(
    script.method === 'pgp' ? 'Key destroyed' : 'One-time password destroyed',
    'overwritten and deleted',
  );
  return {
    ceremony: id,
    words: ceremonyWords(fromHex(id)),
    nonce: opened.nonce,
    token: {
      kind: script.kind,
      format: token.format,
      prefix: token.prefix,
      length: token.length,
      accessor: revoked.accessor,
    },
    revoked: { by: revoked.by, proof: revoked.proof },
  };
}

/** What the plan of a rehearsal has done with a token that is read out. */
const TASKS_BY_HAND: Readonly<Record<TokenKind, TaskEntry[]>> = {
  root: ['Look the token up', 'Use it once', { task: 'revoke-self' }],
  dr: [{ task: 'revoke-self' }],
  recovery: ['List the top of the raw storage', { task: 'revoke-self' }],
};

async function plan(cast: Cast, crossing: Crossing, script: Script): Promise<string> {
  const { officer, operators } = cast;
  officer.station.beginCeremony(true);
  const introduced = await operators[0].station.status({ carrier: 'qr' });
  await show(crossing, introduced.message, operators[0], officer);
  script.say('Script chosen', goByScript(officer));
  recordNobodyThere(officer);
  const desk = officer.station.officer();
  const others = [...cast.custodians, cast.witness].map((player) => player.station.identity().fingerprint);
  desk.plan.agree({
    title: 'Rehearsal',
    purpose: `Practise a ceremony for ${tokenKindWords(script.kind).one}, and prove that every step of it works`,
    ticket: 'REHEARSAL',
    method: script.method,
    tokenKind: script.kind,
    tasks: script.handoff ? tasksToHandOver(cast) : TASKS_BY_HAND[script.kind],
    tokenMinutes: DEFAULT_TOKEN_MINUTES,
    taskInHand: null,
    roster: [...others, ...operators.map((operator) => operator.identity.fingerprint)].map(toHex),
    stations: Object.fromEntries(
      script.shares.map((_, index) => [
        toHex(custodianAt(cast, index).station.identity().fingerprint),
        toHex(operators[stationFor(script, index)].identity.fingerprint),
      ]),
    ),
    shares: {},
    // One share is the whole quorum here: whoever submits it has it.
    quorumAtOneStation: script.shares.length === 1,
    sameStationAllowed: false,
    rehearsal: true,
  });
  const { id } = desk.state;
  script.say('Plan agreed', `ceremony ${ceremonyWords(fromHex(id))}`);
  if (script.method === 'pgp') await desk.key.makeKey('curve25519');
  else await desk.key.makeOtp();
  script.say(
    script.method === 'pgp' ? 'Key made' : 'One-time password made',
    `start message ${digestWords(startOf(officer).digest)}`,
  );
  desk.startSent();
  return id;
}

const startOf = (officer: OfflinePlayer): SignedMessage => {
  const desk = officer.station.officer();
  return desk.file.message('start' in desk.state ? desk.state.start : '', 'start');
};

/** Draws a message and has an air-gapped player take it in from the pixels. */
async function show(
  crossing: Crossing,
  message: SignedMessage,
  from: { readonly name: string },
  to: OfflinePlayer,
): Promise<void> {
  await take(crossing, await crossing.draw(message, from.name), to);
}

async function take(crossing: Crossing, drawn: DrawnMessage, to: OfflinePlayer): Promise<void> {
  for (const text of await crossing.read(drawn)) await to.station.receiveText(text, 'qr');
}

/**
 * Which station takes the share of that place. They go to the two in turn, so that none of them sees a quorum
 * where it needs two. With an OTP the station that knows it never gets the last one.
 */
function stationFor({ method, shares }: Script, index: number): 0 | 1 {
  const isLasts = (shares.length - 1 - index) % 2 === 0;
  return isLasts === (method === 'otp') ? 1 : 0;
}

function custodianAt({ custodians }: Cast, index: number): OfflinePlayer {
  const custodian = custodians[index];
  if (custodian === undefined) throw stepFailed('there are more shares than custodians');
  return custodian;
}

/** Each custodian who has a share of the quorum releases it to the station that the plan names. */
async function releaseShares(
  cast: Cast,
  crossing: Crossing,
  script: Script,
  attempts: readonly [DrawnMessage, DrawnMessage],
): Promise<{ readonly message: SignedMessage; readonly operator: OnlinePlayer }> {
  for (const [index, share] of script.shares.entries()) {
    const custodian = custodianAt(cast, index);
    const at = stationFor(script, index);
    const operator = cast.operators[at];
    await take(crossing, attempts[at], custodian);
    custodian.station.custodian().check(true, '');
    await custodian.station.custodian().enterShare({ kind: 'text', text: share });
    const released = await custodian.station.custodian().release();
    const submitted = await operator.station.submit(
      await crossing.readMessage(await crossing.draw(released, custodian.name)),
      {
        carrier: 'qr',
      },
    );
    custodian.station.custodian().finish();
    script.say(
      `Share ${index + 1} released`,
      `${custodian.name} → ${operator.identity.station} · ${submitted.complete ? submitted.required : submitted.progress} of ${submitted.required}`,
    );
    if (submitted.result !== null) return { message: submitted.result, operator };
  }
  throw stepFailed('the server did not complete the attempt with a whole quorum');
}
