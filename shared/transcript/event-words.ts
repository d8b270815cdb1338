import { nonceWords } from '../words';
import type { EventData, JournalLine, OfflineLayer } from './event';

/** An event of a journal as a sentence for people, and whether it is an alarm. */
export function eventWords(line: JournalLine): { readonly text: string; readonly alarm: boolean } {
  switch (line.event) {
    case 'journal-opened':
      return calm(`Journal opened by ${line.data.name}`);
    case 'program-build':
      return calm(
        `Written by Airlock ${line.data.version} of commit ${line.data.commit.slice(0, 12)}, whose files come to ${line.data.files.slice(0, 12)}…`,
      );
    case 'message-sent':
      return calm(`${article(line.data.type)} message was made to be shown`);
    case 'message-received':
      return calm(`${article(line.data.type)} message was taken in`);
    case 'message-withdrawn':
      return calm(`${article(line.data.type)} message was withdrawn: ${line.data.reason}`);
    case 'message-refused':
      return alarm(`A message was refused: ${line.data.reason}`);
    case 'plain-crossing':
      return alarm(
        `Crossed without a signature, ${line.data.direction === 'in' ? 'coming in' : 'going out'}: ${line.data.what.replaceAll('-', ' ')}`,
      );
    case 'plan-agreed':
      return calm(
        `Plan agreed: ${line.data.title}, by ${line.data.method === 'pgp' ? 'PGP key' : 'one-time password'}${line.data.namespace === undefined ? '' : `, in namespace ${line.data.namespace}`}`,
      );
    case 'plan-taken':
      return calm(`The officer’s plan was taken in: ${line.data.title}`);
    case 'plan-amended':
      return alarm(
        `Plan amended: ${line.data.steps.length === 1 ? 'a reserve steps in' : `${line.data.steps.length} reserves step in`}${line.data.quorumAtOneStation ? ', and somebody alone may have a quorum' : ''}`,
      );
    case 'key-made':
      return calm('The ceremony’s key is ready');
    case 'otp-made':
      return calm('The one-time password is ready');
    case 'secret-destroyed':
      return calm(`Destroyed: ${secretNames[line.data.what]}`);
    case 'preflight': {
      const weighed = line.data.findings.filter(({ level }) => level !== 'good').map(({ text }) => text);
      return calm(
        weighed.length === 0
          ? 'The server was looked at before the start: nothing to weigh'
          : `The server was looked at before the start: ${weighed.join(' ')}`,
      );
    }
    case 'attempt-intent':
      return calm('The server is being asked to start an attempt');
    case 'attempt-started':
      return calm(`Attempt started: ${nonceWords(line.data.nonce)}`);
    case 'attempt-joined':
      return calm(
        `Attempt joined: ${nonceWords(line.data.nonce)}, ${line.data.progress} of ${line.data.required}`,
      );
    case 'cancel-intent':
      return calm(`The server is being asked to cancel an attempt: ${nonceWords(line.data.nonce)}`);
    case 'attempt-cancelled':
      return alarm(`Attempt cancelled: ${nonceWords(line.data.nonce)}`);
    case 'attempt-changed':
      return alarm(
        line.data.found === ''
          ? 'The attempt vanished from the server'
          : 'Another attempt stands in its place on the server',
      );
    case 'share-released':
      return calm('A share was released for this attempt');
    case 'share-submit-intent':
      return line.data.custodian === ''
        ? alarm('A share that came as a plain value is being submitted: nothing says whose it is')
        : calm('A share is being submitted');
    case 'share-submitted':
      return calm(
        `Share accepted: ${line.data.complete ? line.data.required : line.data.progress} of ${line.data.required}`,
      );
    case 'share-rejected':
      return alarm(`Share refused: ${line.data.reason}`);
    case 'answer-received':
      return calm('The server answered; the answer is on disk');
    case 'answer-lost':
      return alarm(`An answer of the server was lost: ${line.data.what}`);
    case 'token-decoded':
      return calm(`The token was decoded: ${line.data.length} characters`);
    case 'token-shown':
      return calm('The token was shown');
    case 'token-used':
      return calm(`The token was used: ${line.data.what}`);
    case 'token-looked-up':
      return calm(
        `The server was asked about a token: ${line.data.policies.length === 0 ? 'no policy' : `policies ${line.data.policies.join(', ')}`}`,
      );
    case 'tokens-swept':
      return calm(
        `All ${line.data.accessors} tokens of the server were looked at: ${line.data.roots} root ${line.data.roots === 1 ? 'token' : 'tokens'}`,
      );
    case 'token-opened':
      return line.data.differs === ''
        ? calm('The token that was handed over was opened here')
        : alarm(`The token that was handed over is not that of the plan: ${line.data.differs}`);
    case 'task-intent':
      return calm(`Task ${line.data.task}, request ${line.data.request}: ${line.data.what}`);
    case 'task-done':
      return calm(
        `Task ${line.data.task} is done${line.data.readBack ? ', as the server says when asked' : ''}${line.data.said === '' ? '' : `: ${line.data.said}`}`,
      );
    case 'task-failed':
      return alarm(`Task ${line.data.task} failed: ${line.data.reason}`);
    case 'task-unknown':
      return alarm(`It is not known whether task ${line.data.task} was done: ${line.data.reason}`);
    case 'task-left':
      return line.data.why === 'by-hand'
        ? calm(`Task ${line.data.task} was done by hand, as the operator says`)
        : alarm(`The operator went on without task ${line.data.task}`);
    case 'revoke-intent':
      return calm(
        line.data.by === 'restart'
          ? 'The server is asked whether recovery mode has ended'
          : 'The token is being revoked',
      );
    case 'token-revoked':
      if (line.data.by === 'restart') return calm(`The recovery token has ended: ${line.data.proof}`);
      return calm(`The token is revoked, and the server doesn’t know it any more: ${line.data.proof}`);
    case 'revocation-reported':
      return calm(
        line.data.outcome === undefined
          ? 'The token was reported dead, by word'
          : `The token is revoked, by the word of ${line.data.by || 'the station'}`,
      );
    case 'words-compared':
      return calm(`Words compared by voice (${line.data.what}): ${line.data.words}`);
    case 'person-known':
      return calm(`Known from here on: ${line.data.name}, ${line.data.role}`);
    case 'person-removed':
      return calm(`No longer known here: ${line.data.name}`);
    case 'script-chosen':
      return calm(`The ceremony goes by the script “${line.data.title}”, version ${line.data.version}`);
    case 'script-section':
      return calm(`Section ${line.data.number} of the script: ${line.data.title}`);
    case 'script-left':
      return alarm('The ceremony goes by no script any more');
    case 'script-person':
      return calm(
        `${line.data.left ? 'No longer there' : 'Takes part'}: ${line.data.name}, ${line.data.role}`,
      );
    case 'script-step': {
      const step = `Step ${line.data.section}.${line.data.step} of the script`;
      // What was written down is what an archive is searched for: a bag's number, a laptop's.
      const values = line.data.checks.map(({ value }) => value).filter((value) => value !== '');
      const seen = [line.data.actual, values.join(', ')].filter((part) => part !== '').join('; ');
      return line.data.result === 'deviation'
        ? alarm(`${step} deviated: ${line.data.deviation}${seen === '' ? '' : ` (${seen})`}`)
        : calm(`${step} went as expected${seen === '' ? '' : `: ${seen}`}`);
    }
    case 'script-break':
      return calm(
        line.data.what === 'begins'
          ? `A break begins. In the room: ${line.data.stayed || 'nobody'}`
          : 'The break ends',
      );
    case 'witnessed': {
      const { name, station, lines, deviations } = line.data;
      const seen = `${name} witnessed the first ${lines} lines of ${station}`;
      return deviations.length === 0
        ? calm(seen)
        : alarm(`${seen}, and noted: ${deviations.map(({ text }) => text).join('; ')}`);
    }
    case 'journal-followed':
      return calm(`The journal of ${line.data.station} was followed to line ${line.data.lines}`);
    case 'deviation-noted':
      return alarm(`A deviation was noted: ${line.data.text}`);
    case 'statement-signed':
      return calm(`Signed for the first ${line.data.lines} lines of ${line.data.station}, as seen`);
    case 'offline-checked':
      return offlineWords(line.data);
    case 'home-sealed':
      return calm('The files of this home were taken under seal as they were');
    case 'home-backed-up':
      return calm('A copy of this home was taken for a backup');
    case 'home-restored':
      return alarm(
        `This home was put back from a backup of ${line.data.madeAt.slice(0, 16).replace('T', ' ')} UTC: what happened with it after that is not in this journal`,
      );
    case 'home-finding':
      return alarm(`A file of this home was not as it was left, and was not used: ${line.data.file}`);
    case 'note':
      return calm(`Noted: ${line.data.text}`);
    case 'exception':
      return alarm(line.data.text);
  }
}

const secretNames = {
  'ceremony-key': 'the ceremony’s key',
  otp: 'the one-time password',
  'sealing-key': 'the station’s sealing key',
} as const;

/** It is an alarm while the laptop has a network, or the program could have reached one. */
function offlineWords({ layers, up }: EventData<'offline-checked'>) {
  const open = layers.filter(({ state }) => state === 'open').map(({ layer }) => layer);
  const walls = layers.filter(({ layer, state }) => layer !== 'interfaces' && state === 'holds');
  const held = walls.map(({ layer }) => layerNames[layer]).join(', ');
  const laptop =
    up.length === 0 ? 'The laptop had no network' : `The laptop had a network (${up.join(', ')})`;
  const airlock =
    held === '' ? 'nothing was seen to keep Airlock from it' : `Airlock was kept from one by ${held}`;
  const worse = open.some((layer) => layer === 'code' || layer === 'browser');
  const text = `${laptop}; ${airlock}`;
  return up.length > 0 || worse ? alarm(text) : calm(text);
}

const layerNames: Readonly<Record<OfflineLayer, string>> = {
  code: 'having no code for it',
  browser: 'Chromium’s rules',
  namespace: 'a network namespace of its own',
  interfaces: 'having no interface',
};

const calm = (text: string) => ({ text, alarm: false });
const alarm = (text: string) => ({ text, alarm: true });
const article = (type: string): string => (/^[aeiou]/.test(type) ? `An ${type}` : `A ${type}`);
