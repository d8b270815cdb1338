import type { TaskFate } from '../message/body';

/** What became of a task, in a word or two. */
export const fateNames: Readonly<Record<TaskFate, string>> = {
  done: 'done',
  failed: 'failed',
  unknown: 'not known',
  'not-tried': 'not tried',
  'by-hand': 'by hand',
};
