import type { HandedView } from '../../../shared/ipc/online/handed';

interface Answer {
  readonly choice: 'run' | 'again' | 'go-on' | 'revoke';
  readonly text: string;
  readonly kind: 'primary' | 'quiet';
}

interface Question {
  readonly title: string;
  readonly lead: string;
  /** The first one is what is right where nobody knows better. */
  readonly answers: readonly Answer[];
}

const revoke: Answer = { choice: 'revoke', text: 'Revoke the token now', kind: 'primary' };

/** What the operator is asked, and how it can be answered. */
export function questionOf({ next, differs, tasks }: HandedView): Question {
  switch (next.kind) {
    case 'open':
      return {
        title: 'A token is here, sealed',
        lead: 'The server was not asked about it yet. Nothing is done with it by that.',
        answers: [],
      };
    case 'run':
      return {
        title: 'Do the tasks with the token?',
        lead: 'They are done one after the other, and then the token is revoked. At the first one that isn’t done you are asked how it goes on.',
        answers: [
          { choice: 'run', text: 'Do the tasks, then revoke it', kind: 'primary' },
          { ...revoke, kind: 'quiet' },
        ],
      };
    case 'revoke':
      return {
        title: differs === '' ? 'Revoke the token' : 'This is not the token of the plan',
        lead: 'The server is asked afterwards whether it still knows the token: that answer is the proof, and goes on record.',
        answers: [revoke],
      };
    case 'ask':
      return asked(next, tasks[next.task - 1]?.safeAgain ?? false);
    case 'outcome':
    case 'over':
      return { title: 'The token is dead', lead: 'The server refuses it.', answers: [] };
  }
}

function asked(
  { task, why }: Extract<HandedView['next'], { readonly kind: 'ask' }>,
  safeAgain: boolean,
): Question {
  const again: Answer = { choice: 'again', text: 'Do it again', kind: 'quiet' };
  const goOn: Answer = { choice: 'go-on', text: 'Go on without it', kind: 'quiet' };
  switch (why) {
    case 'by-hand':
      return {
        title: `Task ${task} is done by a person`,
        lead: 'Go on once it is done. If it is not to be done, revoke the token now.',
        answers: [
          { choice: 'go-on', text: 'It is done: go on', kind: 'primary' },
          { ...revoke, kind: 'quiet' },
        ],
      };
    case 'cut-off':
      return {
        title: `The program ended during task ${task}`,
        lead: 'The server is asked what became of it, as far as it can tell.',
        answers: [revoke, { choice: 'run', text: 'Ask the server, and run on', kind: 'quiet' }],
      };
    case 'failed':
      return {
        title: `Task ${task} failed`,
        lead: 'Nothing more is done until you say so. To revoke the token now is right where nobody knows better.',
        answers: [revoke, again, goOn],
      };
    case 'unknown':
      return {
        title: `It is not known whether task ${task} was done`,
        lead: safeAgain
          ? 'To do it again changes nothing twice.'
          : 'To do it again may do it twice: what it made may be there already, held by nobody. Look at the server first.',
        answers: [revoke, again, goOn],
      };
  }
}
