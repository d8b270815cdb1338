import type { TaskInHand } from '../../../../shared/ceremony/plan';
import { durationText } from '../../../../shared/task/duration';
import { readTask } from '../../../../shared/task/read-task';
import type { TaskEntry } from '../../../../shared/task/task';
import { entryOf, taskOf } from '../../../../shared/task/task-entry';
import { TaskError } from '../../../../shared/task/task-error';
import { type FieldSpec, isTemplateName, type TemplateName, templates } from './templates';

type Values = TaskInHand['fields'];

/** A new task of a template, with nothing filled in but what mostly is. */
export const newTask = (template: TemplateName): TaskInHand => ({
  template,
  at: null,
  fields: Object.fromEntries(templates[template].fields.map((spec) => [spec.field, initial(spec)])),
});

/** A task of the plan, as it is changed. `at`: its place. */
export function taskToChange(entry: TaskEntry, at: number): TaskInHand | null {
  const task = taskOf(entry);
  if (!isTemplateName(task.task)) return null;
  const values: Readonly<Record<string, unknown>> = { ...task };
  const fields = templates[task.task].fields.map((spec) => [spec.field, typed(spec, values[spec.field])]);
  return { template: task.task, at, fields: Object.fromEntries(fields) as Values };
}

function initial(spec: FieldSpec): string | boolean {
  if (spec.kind === 'flag') return spec.initially;
  return spec.kind === 'choice' ? (spec.initially ?? '') : '';
}

/** A value of a task as it is typed. */
function typed(spec: FieldSpec, value: unknown): string | boolean {
  switch (spec.kind) {
    case 'flag':
      return value === true;
    case 'duration':
      return typeof value === 'number' ? durationText(value) : '';
    case 'count':
      return typeof value === 'number' && value > 0 ? String(value) : '';
    case 'lines':
      return Array.isArray(value) ? value.join('\n') : '';
    case 'words':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'json':
      return typeof value === 'string' ? JSON.stringify(JSON.parse(value), null, 2) : '';
    default:
      return typeof value === 'string' ? value : '';
  }
}

/** What is wrong with a task in hand: at which of its fields ('' for none of them), and a sentence. */
export interface Wrong {
  readonly field: string;
  readonly message: string;
}

/** The task that is filled in, or what is wrong with it. */
export function filledIn({
  template,
  fields,
}: TaskInHand): { readonly entry: TaskEntry } | { readonly wrong: Wrong } {
  try {
    return { entry: entryOf(readTask({ ...fields, task: template }, (fingerprint) => fingerprint)) };
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return { wrong: { field: error.field, message: error.message } };
  }
}
