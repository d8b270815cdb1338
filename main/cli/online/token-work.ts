import { fromHex } from '../../../shared/bytes';
import { requestLine } from '../../../shared/task/shown-task';
import { revocationTitle } from '../../../shared/task/token-end';
import { ceremonyWords } from '../../../shared/words';
import type { TokenWork } from '../../online/task/work';

type ShownStand = TokenWork['tasks'][number]['stand'];

/** A token that was handed over and its tasks, as a table for a person. */
export function workRows(work: TokenWork): (readonly [string, string | undefined])[] {
  return [
    ['Ceremony', ceremonyWords(fromHex(work.ceremony))],
    ['Token', work.accessor === null ? 'not looked up yet' : `accessor ${work.accessor}`],
    ['NOT AS PLANNED', work.differs === '' ? undefined : work.differs],
    ...work.tasks.flatMap(({ title, requests, stand }, i) => [
      [i === 0 ? 'Tasks' : '', `${i + 1}. ${title}`] as const,
      ['', `   ${standText(stand)}`] as const,
      ...requests.map((request) => ['', `   > ${requestLine(request)}`] as const),
    ]),
    ['', `${work.tasks.length + 1}. ${revocationTitle}`],
    ['', `   ${work.proof === null ? 'not yet' : 'done'}`],
    ['Proof', work.proof ?? undefined],
  ];
}

function standText(stand: ShownStand): string {
  switch (stand.kind) {
    case 'waiting':
      return 'not yet';
    case 'cut-off':
      return 'NOT KNOWN: it was begun, and no answer is on record';
    case 'done':
      return `done${stand.brought === null ? '' : ', and what it brought back is sealed'}${stand.said === '' ? '' : `: ${stand.said}`}`;
    case 'failed':
      return `${stand.left ? 'left out' : 'FAILED'}: ${stand.reason}`;
    case 'unknown':
      return `${stand.left ? 'left, not known' : 'NOT KNOWN'}: ${stand.reason}`;
    case 'by-hand':
      return 'done by hand';
  }
}

/** What to do next, as a sentence; the commands stand in it. */
export function nextSentence({ next, tasks, differs, mayHaveStrays }: TokenWork): string {
  switch (next.kind) {
    case 'open':
      return 'The token was not looked up yet: airlock online tasks';
    case 'run':
      return 'Nothing was done with the token yet from here on. Run the tasks, and then the token is revoked: airlock online tasks --run. Or revoke it at once: airlock online tasks --revoke';
    case 'revoke':
      return differs === ''
        ? 'Revoke the token now: airlock online tasks --revoke'
        : 'This is not the token of the plan, so nothing is done with it. Tell the officer, and revoke it: airlock online tasks --revoke';
    case 'ask':
      return questionText(next, tasks[next.task - 1]?.safeAgain ?? false);
    case 'outcome':
    case 'over':
      return `The token is dead, and that is proven. Show the outcome to the officer, and to everyone who signs.${
        mayHaveStrays
          ? ' A limited token may live that nobody holds: find it, and revoke it: airlock online sweep'
          : ''
      }`;
  }
}

function questionText(
  { task, why }: Extract<TokenWork['next'], { readonly kind: 'ask' }>,
  safeAgain: boolean,
): string {
  const revoke =
    'Revoke the token now, which is right where nobody knows better: airlock online tasks --revoke';
  const goOn = 'go on without it: airlock online tasks --go-on';
  switch (why) {
    case 'by-hand':
      return `Task ${task} is done by a person. Once it is done, go on: airlock online tasks --go-on. If it is not to be done, revoke the token now: airlock online tasks --revoke`;
    case 'cut-off':
      return `The program ended during task ${task}. Ask the server what became of it, and run on from there: airlock online tasks --run. Or revoke the token now: airlock online tasks --revoke`;
    case 'failed':
      return `Task ${task} failed. ${revoke}. Or do it again: airlock online tasks --again. Or ${goOn}`;
    case 'unknown':
      return safeAgain
        ? `It is not known whether task ${task} was done. To do it again changes nothing twice: airlock online tasks --again. Or ${goOn}. ${revoke}`
        : `It is not known whether task ${task} was done, and to do it again may do it twice: what it made may be there already, held by nobody. Look at the server first. ${revoke}. Or ${goOn}. Or do it again all the same: airlock online tasks --again`;
  }
}

/** What `--json` prints of it. */
export const workJson = ({ outcome: _, ...work }: TokenWork) => ({
  ...work,
  words: ceremonyWords(fromHex(work.ceremony)),
});
