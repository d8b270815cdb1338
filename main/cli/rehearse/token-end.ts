import { asciiBytes, wipe } from '../../../shared/bytes';
import type { TokenKind } from '../../../shared/token/token-kind';
import type { Revocation } from '../../online/token/revoke';
import type { OfflinePlayer, OnlinePlayer } from './cast';
import { stepFailed } from './rehearse-error';

/** What the end of a token needs of the rehearsal's script. */
interface Script {
  /** Ends a server in recovery mode and has it run as usual again, or waits for whoever does. */
  startAsUsual(): Promise<void>;
  say(title: string, detail: string): void;
}

type End = (
  operator: OnlinePlayer,
  token: Uint8Array,
  ceremony: string,
  script: Script,
) => Promise<Pick<Revocation, 'accessor' | 'by' | 'proof'>>;

/**
 * The officer reads the token out, it is used once where something harmless can be done with it, and it comes
 * to its end, which is proven. Which of that a server lets happen, the kind of token says.
 */
export async function useAndEnd(
  officer: OfflinePlayer,
  operator: OnlinePlayer,
  kind: TokenKind,
  ceremony: string,
  script: Script,
): ReturnType<End> {
  const token = asciiBytes(officer.station.officer().token.reveal());
  try {
    return await ends[kind](operator, token, ceremony, script);
  } finally {
    wipe(token);
  }
}

const ends: Readonly<Record<TokenKind, End>> = {
  root: async ({ station }, token, ceremony, script) => {
    const facts = await station.lookup(token);
    if (facts === null) throw stepFailed('the server does not know the token that was decoded');
    script.say('Token looked up', `policies ${facts.policies.join(', ')}, accessor ${facts.accessor}`);
    const used = await station.use(token, { ceremony });
    script.say('Token used once', used.what);
    const revoked = await station.revoke({ token }, { ceremony });
    if ((await station.lookup(token)) !== null)
      throw stepFailed('the server still knows the token after its revocation');
    script.say('Token revoked', revoked.proof);
    return revoked;
  },
  // It can't be looked up, and all that it can do changes the replication.
  dr: async ({ station }, token, ceremony, script) => {
    const deleted = await station.revoke({ token }, { ceremony });
    script.say('Token deleted, unused', deleted.proof);
    return deleted;
  },
  recovery: async ({ station }, token, ceremony, script) => {
    const used = await station.use(token, { ceremony });
    script.say('Token used once', used.what);
    await script.startAsUsual();
    const ended = await station.proveEnded({ ceremony });
    script.say('Token ended', ended.proof);
    return ended;
  },
};
