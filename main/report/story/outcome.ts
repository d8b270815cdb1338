import { sentenceCase, type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import type { Report, Verdict } from '../../../shared/transcript/verdict';
import { isAlarm, sentenceOf, wordsOfNonce } from '../words';
import type { Facts } from './facts';
import type { Lane } from './lanes';
import { endsOf, type LaneLine, linesOf } from './order';

/** One thing that a ceremony does with a token. */
export interface Step {
  readonly title: string;
  readonly state: 'done' | 'missing' | 'none';
  readonly text: string;
}

/** A line that an auditor should read, in its place. */
interface Remark {
  readonly place: string;
  readonly text: string;
}

export interface Outcome {
  /**
   * alarm: a token may be alive, or the transcript is broken. caution: something is missing, left to do or to
   * read.
   */
  readonly verdict: 'alarm' | 'caution' | 'complete';
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly steps: readonly Step[];
  readonly remarks: readonly Remark[];
}

/** How the ceremony ended, by nothing but the journals and their check. */
export function outcomeOf(
  facts: Facts,
  lanes: readonly Lane[],
  lines: readonly LaneLine[],
  verification: Report,
): Outcome {
  const decoded = linesOf(lines, 'token-decoded');
  const ended = endsOf(lines).length;
  const lost = linesOf(lines, 'answer-lost').length;
  const complete = facts.attempts.filter(({ end }) => end === 'complete').length;
  const made = Math.max(complete, decoded.length > 0 ? 1 : 0);
  const alive = made + lost > ended;
  const label = (lane: number): string => lanes[lane]?.label ?? '';
  const remarks = remarksOf(lanes, lines);
  const kind = facts.plan?.tokenKind ?? 'root';
  const { name, one, isDead } = tokenKindWords(kind);

  const dangers: string[] = [];
  if (verification.verdict === 'broken') {
    dangers.push(
      'The transcript is broken: something in it contradicts, so nothing on this page is proven. See “Findings” below.',
    );
  }
  if (lost > 0 && alive) {
    dangers.push(
      `An answer of the server was lost after the last share: a live ${name} may exist that nobody holds. ${findIt[kind]}`,
    );
  }
  if (made > ended) {
    const many = made === 1 ? `${sentenceCase(one)} was` : `${made} ${name}s were`;
    const seen = decoded.length > 0 ? `made and decoded (on ${label(decoded[0]?.lane ?? 0)})` : 'made';
    const ending = kind === 'recovery' ? 'proof of its end' : 'revocation';
    dangers.push(
      `${many} ${seen}, and the journals hold ${ended === 0 ? `no ${ending}` : `only ${ended} ${ending}`}: treat it as alive until it ${isDead}.`,
    );
    if (linesOf(lines, 'revocation-reported').length > 0) {
      dangers.push(`The officer was told that it ${isDead}, but no station’s journal holds the proof.`);
    }
    if (linesOf(lines, 'revoke-intent').length > linesOf(lines, 'token-revoked').length) {
      dangers.push('A revocation was begun, and how it ended was never recorded.');
    }
  }

  const cautions: string[] = [];
  if (verification.verdict === 'incomplete') {
    cautions.push(
      'The transcript is incomplete: something is missing, and nothing contradicts. See “Findings” below.',
    );
  }
  if (made === 0 && lost === 0) {
    cautions.push(
      verification.verdict === 'proven'
        ? `No ${name} was made.`
        : `What can be read here tells of no ${name}; as long as it is not proven, that says nothing.`,
    );
  }
  const left = secretsLeft(lines);
  if (left.length > 0) {
    cautions.push(
      `Not destroyed, by these journals: ${left.join(' and ')}. Whoever has it and the encoded token can decode the token.`,
    );
  }
  for (const attempt of facts.attempts.filter(({ end }) => end === 'open')) {
    cautions.push(
      `The attempt ${wordsOfNonce(attempt.nonce) || attempt.nonce} was never finished nor cancelled: ${attempt.accepted} of ${attempt.required} shares.`,
    );
  }
  if (remarks.length > 0) {
    cautions.push(
      `${remarks.length === 1 ? 'One exception, alarm or refusal is' : `${remarks.length} exceptions, alarms or refusals are`} on record, listed below.`,
    );
  }
  const verdict = dangers.length > 0 ? 'alarm' : cautions.length > 0 ? 'caution' : 'complete';
  return {
    verdict,
    headline: headlineOf(kind, alive, verification.verdict, cautions.length > 0, made),
    reasons: [...dangers, ...cautions],
    steps: stepsOf(facts, lanes, lines, made),
    remarks,
  };
}

function headlineOf(
  kind: TokenKind,
  alive: boolean,
  verdict: Verdict,
  caution: boolean,
  made: number,
): string {
  const { name, one, isDead } = tokenKindWords(kind);
  if (alive) return `${sentenceCase(one)} may still be alive`;
  if (verdict === 'broken') return 'This transcript is broken: something contradicts';
  if (verdict === 'incomplete') return 'This transcript is incomplete: something is missing';
  if (made === 0) return `No ${name} was made`;
  if (caution) return `The token ${isDead}, but read this`;
  return `Complete: the token ${isDead}, and the transcript is proven`;
}

/** What to do about a token that nobody holds. */
const findIt: Readonly<Record<TokenKind, string>> = {
  root: 'Find it by its accessor and revoke it.',
  dr: tokenKindWords('dr').ends,
  recovery: tokenKindWords('recovery').ends,
};

const SECRETS = { 'ceremony-key': 'the ceremony’s key', otp: 'the one-time password' } as const;

function secretsLeft(lines: readonly LaneLine[]): string[] {
  const destroyed = linesOf(lines, 'secret-destroyed').map(({ line }) => line.data.what);
  return [
    ...(linesOf(lines, 'key-made').length > 0 && !destroyed.includes('ceremony-key')
      ? [SECRETS['ceremony-key']]
      : []),
    ...(linesOf(lines, 'otp-made').length > 0 && !destroyed.includes('otp') ? [SECRETS.otp] : []),
  ];
}

function stepsOf(facts: Facts, lanes: readonly Lane[], lines: readonly LaneLine[], made: number): Step[] {
  const at = (lane: number): string => lanes[lane]?.label ?? '';
  const missing = made > 0 ? 'missing' : 'none';
  const ended = endsOf(lines).length;
  const decoded = linesOf(lines, 'token-decoded').map(
    ({ lane, line: { data } }) =>
      `On ${at(lane)}: ${data.length} characters, ${data.prefix === '' ? 'no prefix' : `beginning “${data.prefix}”`}`,
  );
  const used = linesOf(lines, 'token-used').map(({ lane, line }) => `${at(lane)}: ${line.data.what}`);
  const revoked = linesOf(lines, 'token-revoked').map(
    ({ lane, line }) =>
      `By the word of ${at(lane)}, by ${ways[line.data.by]}: ${line.data.proof}${line.data.accessor === undefined ? '' : ` (accessor ${line.data.accessor})`}`,
  );
  const destroyed = linesOf(lines, 'secret-destroyed').flatMap(({ lane, line: { data } }) =>
    data.what === 'sealing-key' ? [] : [`${at(lane)}: ${SECRETS[data.what]} was overwritten and deleted`],
  );
  const otp = facts.plan?.method === 'otp';
  return [
    step(
      'Token made',
      facts.attempts.map(
        (each) =>
          `${wordsOfNonce(each.nonce) || each.nonce}: ${each.accepted} of ${each.required} shares${each.end === 'complete' ? '' : `, ${each.end === 'open' ? 'not finished' : 'cancelled'}`}`,
      ),
      made > 0 ? 'done' : 'missing',
      'No attempt was completed',
    ),
    step('Decoded', decoded, decoded.length > 0 ? 'done' : missing, 'By no journal'),
    step('Used for', used, used.length > 0 ? 'done' : 'none', 'No journal says what for'),
    step(
      deadTitles[facts.plan?.tokenKind ?? 'root'],
      revoked,
      ended > 0 && ended >= made ? 'done' : missing,
      'No journal says so',
    ),
    step(
      otp ? 'Password destroyed' : 'Key destroyed',
      destroyed,
      destroyed.length > 0 ? 'done' : secretsLeft(lines).length > 0 ? 'missing' : 'none',
      'No journal says so',
    ),
  ];
}

const step = (title: string, texts: readonly string[], state: Step['state'], otherwise: string): Step => ({
  title,
  state,
  text: texts.length > 0 ? texts.join('; ') : otherwise,
});

const remarksOf = (lanes: readonly Lane[], lines: readonly LaneLine[]): Remark[] =>
  lines
    .filter(({ line }) => isAlarm(line) || line.event === 'message-withdrawn')
    .map(({ lane, line }) => ({
      place: `${lanes[lane]?.label ?? ''}, line ${line.n}`,
      text: sentenceOf(line),
    }));

const deadTitles = { root: 'Revoked', dr: 'Deleted', recovery: 'Ended' } as const;

const ways = {
  token: 'the token itself',
  accessor: 'its accessor',
  restart: 'the end of recovery mode',
} as const;
