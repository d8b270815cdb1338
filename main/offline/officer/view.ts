import { fromHex, toHex } from '../../../shared/bytes';
import { nonceOf, type OfficerAt, type OpeningSecret } from '../../../shared/ceremony/officer';
import type { ServerFacts } from '../../../shared/ceremony/plan';
import type { OfficerView, SentView } from '../../../shared/ipc/offline/officer';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import { digestWords, nonceWords } from '../../../shared/words';
import type { CeremonySurroundings } from '../../station/state-view';
import { grouped, outgoingView } from '../../station/view';
import { commonView } from '../ceremony-view';
import { amendmentOutbound } from './amendment';
import { type OfficerDesk, startOutbound } from './desk';
import { scriptView } from './script/view';

/** What the window shows of the officer's ceremony. No secret is in it. */
export function officerView(desk: OfficerDesk, station: CeremonySurroundings): OfficerView {
  const { state } = desk;
  const { draft } = state;
  const nonce = nonceOf(state);
  const script = desk.script.current;
  const begun = {
    ...commonView(desk, station),
    role: 'officer' as const,
    title: draft.title,
    rehearsal: draft.rehearsal,
    attemptWords: nonce === null ? null : nonceWords(nonce),
    draft,
    brought: broughtIn(desk),
    script: script && scriptView(script, desk.file.journal.entries()),
  };
  switch (state.step) {
    case 'plan':
      return { ...begun, step: state.step, server: state.server === null ? null : serverView(state.server) };
    case 'key':
      return { ...begun, step: state.step, server: serverView(state.server) };
    case 'start':
    case 'result':
      return { ...begun, ...sentView(desk, state), step: state.step };
    case 'decode': {
      const { step, result, token } = state;
      return {
        ...begun,
        ...sentView(desk, state),
        step,
        result: resultView(desk, result),
        token: token && tokenView(desk, token),
      };
    }
    case 'destroy': {
      const { step, result, token } = state;
      return {
        ...begun,
        ...sentView(desk, state),
        step,
        result: resultView(desk, result),
        token: tokenView(desk, token),
      };
    }
    case 'sign-off':
      return { ...begun, step: state.step };
  }
}

const broughtIn = ({ handoff }: OfficerDesk): string | null =>
  handoff.outcome !== null && handoff.hasBrought ? toHex(handoff.outcome.digest) : null;

type Sent = OfficerAt<'start' | 'result' | 'decode' | 'destroy'>;

const sentView = (
  desk: OfficerDesk,
  { server, secret, start, attempt, roster, amendment }: Sent,
): Pick<SentView, 'server' | 'secret' | 'start' | 'attempt' | 'roster' | 'amendment'> => ({
  server: serverView(server),
  secret: secretView(secret),
  start: outgoingView(startOutbound(desk.file, start)),
  attempt: attempt && { ...attempt, words: nonceWords(attempt.nonce) },
  roster,
  amendment: amendment && {
    number: amendment.number,
    steps: amendment.steps,
    outgoing: outgoingView(amendmentOutbound(desk.file, amendment.digest)),
  },
});

const secretView = (secret: OpeningSecret): SentView['secret'] =>
  secret.kind === 'otp' ? secret : { ...secret, fingerprint: grouped(secret.fingerprint) };

const tokenView = (desk: OfficerDesk, token: OfficerAt<'destroy'>['token']) => {
  const { outbound } = desk.handoff;
  return {
    ...token,
    held: desk.token.isHeld,
    handoff:
      token.handoff === null || outbound === null
        ? null
        : {
            station: token.handoff.station,
            operator: desk.handoff.operator,
            outgoing: outgoingView(outbound),
          },
  };
};

const resultView = (
  { handoff: { operator } }: OfficerDesk,
  { nonce, signedBy, takenAt, station }: OfficerAt<'decode'>['result'],
) => ({
  nonce,
  words: nonce === '' ? null : nonceWords(nonce),
  signedBy,
  takenAt,
  station: station && { label: station.label, operator, expiresAt: station.expiresAt },
});

const serverView = ({ station, serverTime: _, ...server }: ServerFacts): ServerView => ({
  ...server,
  station: station?.label ?? null,
  words: station === null ? null : digestWords(fromHex(station.digest)),
});
