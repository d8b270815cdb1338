import type { Channel } from '../../shared/ipc/channels';
import type { Handlers } from './ipc-gateway';

/** After these, a secret may lie in the window's memory, where nothing can overwrite it. */
const showing: readonly Channel[] = [
  'officer.token.reveal',
  'officer.otp.reveal',
  'custodian.share.reveal',
  'custodian.share',
  'custody.enter',
  'custody.card.reveal',
  'officer.import-key',
  'officer.decode',
];

/** After these, no screen needs it any more. */
const parting: readonly Channel[] = [
  'officer.token.forget',
  'officer.destroy',
  'custodian.share.forget',
  'custody.forget',
  'officer.revocation-reported',
  'officer.new',
  'custodian.check',
  'ceremony.open',
  'ceremony.sign-off',
  'ceremony.leave',
  'identity.lock',
];

/**
 * The same handlers, which call `renew` once a secret has been on a screen and has served: the window's process then
 * has to end, since JavaScript strings can't be wiped. `renew` runs after the answer has gone out.
 */
export function renewAfterSecrets(handlers: Handlers, renew: () => void): Handlers {
  let shown = false;
  const entries = Object.entries(handlers).map(([channel, handler]) => [
    channel,
    async (args: never) => {
      if (showing.some((name) => name === channel)) shown = true;
      const result: unknown = await handler(args);
      if (shown && parting.some((name) => name === channel)) {
        shown = false;
        setImmediate(renew);
      }
      return result;
    },
  ]);
  return Object.fromEntries(entries) as Handlers;
}
