import { equalBytes, toHex, wipe } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { decryptWithKey } from '../../../shared/openpgp/sealed-to-self';
import { fateNames } from '../../../shared/task/fate-names';
import type { TaskEntry } from '../../../shared/task/task';
import type { TokenWork } from '../../online/task/work';
import type { Cast, OfflinePlayer, OnlinePlayer } from './cast';
import type { Crossing } from './crossing';
import { stepFailed } from './rehearse-error';

/**
 * What the plan of a rehearsal has done with a token that is handed over. The limited token is the root
 * token's child, so that nothing of it stays on a server that goes on running.
 */
export const tasksToHandOver = ({ witness }: Cast): TaskEntry[] => [
  {
    task: 'create-token',
    policies: ['default'],
    withDefault: true,
    type: 'service',
    orphan: false,
    renewable: false,
    ttl: 60,
    maxTtl: 0,
    period: 0,
    uses: 0,
    name: 'rehearsal',
    recipient: toHex(witness.station.identity().fingerprint),
  },
  { task: 'list-root-tokens' },
  { task: 'revoke-self' },
];

/** What the handoff needs of the rehearsal's script. */
interface Script {
  say(title: string, detail: string): void;
}

/**
 * The officer's laptop seals the token to the station of the result, which does the tasks, revokes the token
 * and proves that; everyone who signs reads the outcome. No person sees the token.
 */
export async function handOverAndRevoke(
  { officer, custodians, witness }: Cast,
  operator: OnlinePlayer,
  crossing: Crossing,
  ceremony: string,
  script: Script,
): Promise<{ readonly accessor: string; readonly by: string; readonly proof: string }> {
  const desk = officer.station.officer();
  await desk.handoff.handOver();
  const handoff = desk.handoff.outbound;
  if (handoff === null) throw stepFailed('the token was not handed over');
  const drawn = await crossing.draw(handoff.message, officer.name);
  const { station } = operator;
  const taken = await station.takeHandoff(await crossing.readMessage(drawn), { carrier: 'qr' });
  script.say('Token handed over', `sealed to ${operator.identity.station}, accessor ${taken.accessor}`);
  let work = await station.goOnWithToken('run', { ceremony });
  // What a server refuses is on record, and the rehearsal goes on without it.
  for (let i = 0; i < taken.tasks.length && work.next.kind === 'ask'; i++)
    work = await station.goOnWithToken('go-on', { ceremony });
  sayTasks(work, script);
  const { outcome, accessor, proof } = work;
  if (outcome === null || accessor === null || proof === null)
    throw stepFailed('the token was handed over, and did not come to its end');
  script.say('Token revoked', proof);
  const shown = await crossing.draw(outcome, operator.name);
  for (const player of [officer, ...custodians.filter(takesPart), witness])
    for (const text of await crossing.read(shown)) await player.station.receiveText(text, 'qr');
  script.say('Outcome taken', `by ${officer.name}, and by everyone who signs`);
  await openBrought(outcome, witness, script);
  return { accessor, by: 'token', proof };
}

function sayTasks({ tasks }: TokenWork, script: Script): void {
  for (const { title, stand } of tasks) {
    const fate = stand.kind === 'done' || stand.kind === 'failed' ? stand.kind : 'unknown';
    script.say(`Task ${fateNames[fate]}`, title);
  }
}

/** Custodians beyond the quorum have no part in it: no attempt came to their laptops. */
const takesPart = ({ home }: OfflinePlayer): boolean => home.listCeremonies().length > 0;

/** The person for whom the plan made a token is the only one who can open it. */
async function openBrought(
  { envelope }: SignedMessage<'outcome'>,
  { name, station }: OfflinePlayer,
  script: Script,
): Promise<void> {
  const { fingerprint, privateKey } = station.identity();
  const brought = envelope.body.tasks.find(
    (task) => task.brought && equalBytes(task.brought.to, fingerprint),
  );
  if (brought?.brought === undefined) return;
  const plain = await decryptWithKey(brought.brought.sealed, privateKey);
  try {
    script.say('Limited token opened', `by ${name} alone, ${plain.length} bytes`);
  } finally {
    wipe(plain);
  }
}
