import type { Task, TaskEntry } from './task';

/** A task as messages and journals have it, as a task: a line of text is done by hand. */
export const taskOf = (entry: TaskEntry): Task =>
  typeof entry === 'string' ? { task: 'by-hand', text: entry } : entry;

/** A task as messages and journals have it. */
export const entryOf = (task: Task): TaskEntry => (task.task === 'by-hand' ? task.text : task);
