import { requestLine, type ShownTask } from '../../../shared/task/shown-task';

/**
 * The tasks of a plan as rows for a terminal: each in plain words, and below that what is sent. `name`: of
 * the first row.
 */
export const taskRows = (tasks: readonly ShownTask[], name: string): (readonly [string, string])[] =>
  tasks.flatMap(({ title, points, requests }, at) => [
    [at === 0 ? name : '', `${at + 1}. ${title}`] as const,
    ...points.map((point) => ['', `   ${point}`] as const),
    ...requests.map(
      (request) => ['', `   > ${[requestLine(request), request.body ?? ''].join(' ').trim()}`] as const,
    ),
  ]);
