import type { ServerIdentity } from '../message/body';
import type { Envelope } from '../message/envelope';
import type { TokenKind } from '../token/token-kind';
import type { EventData } from '../transcript/event';
import { participantOnDisk } from './participant';

/**
 * What the transcript of a station says of the officer's plan that it took in: the same as the officer's own
 * journal, but for the people's keys. An officer who rewrites the plan afterwards doesn't fit the others'.
 */
export const planTaken = ({ body }: Pick<Envelope<'start'>, 'body'>): EventData<'plan-taken'> => ({
  title: body.title,
  purpose: body.purpose,
  ticket: body.ticket,
  method: body.method,
  ...kindInPlan(body.tokenKind),
  server: body.server.address,
  cluster: body.server.clusterId,
  ...serverInPlan(body.server),
  threshold: body.threshold,
  tasks: [...body.tasks],
  roster: body.roster.map(participantOnDisk),
  sameStationAllowed: body.sameStationAllowed,
  ...(body.quorumAtOneStation === true ? { quorumAtOneStation: true as const } : {}),
});

/** What a plan's line says besides of its server, where there is something to say. */
export const serverInPlan = ({
  namespace,
  shareKind,
}: Pick<ServerIdentity, 'namespace' | 'shareKind'>): Pick<
  EventData<'plan-taken'>,
  'namespace' | 'shareKind'
> => ({
  ...(namespace === undefined ? {} : { namespace }),
  ...(shareKind === undefined ? {} : { shareKind }),
});

/** What a plan's line says of the token, where it is another than a root token. */
export const kindInPlan = (tokenKind: TokenKind): Pick<EventData<'plan-taken'>, 'tokenKind'> =>
  tokenKind === 'root' ? {} : { tokenKind };
