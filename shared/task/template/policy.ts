import type { Fields } from '../fields';
import type { WritePolicy } from '../task';
import { TaskError } from '../task-error';
import { requireSmall, type TaskRequest, taskRequest } from '../task-request';
import type { TaskWords } from '../task-words';

/** Policies that the servers make themselves and let nobody write. */
const fixed = ['root', 'response-wrapping', 'control-group'];

/** Names of policies, which the servers keep in lower case. */
export const policyName = /^[a-z0-9_-]+(?:[./]?[a-z0-9_-]+)*$/;

export function readPolicy(fields: Fields): WritePolicy {
  return {
    task: 'write-policy',
    name: fields.line('name', 100, 'The policy has no name yet.'),
    policy: fields.lines('policy', 200, 300),
  };
}

/** Throws `TaskError`: a name that the servers change or refuse, or a text that is no policy. */
export function requirePolicy(task: WritePolicy): void {
  const { name, policy } = task;
  if (!policyName.test(name)) {
    throw new TaskError(
      'not-fitting',
      'name',
      'The name of a policy has lower-case letters, digits, and - _ . / between them: servers change other names.',
    );
  }
  if (fixed.includes(name)) {
    throw new TaskError(
      'too-mighty',
      'name',
      `The policy “${name}” is the server’s own. It lets nobody write it.`,
    );
  }
  const text = policy.join('\n');
  if (text.trim() === '')
    throw new TaskError('missing', 'policy', 'The policy is empty. Write what it allows, in HCL.');
  // A text of letters alone would also be taken for base64, and something else be written than what all read.
  if (!/(^|\n)\s*path\s+"[^"\n]+"\s*\{/.test(text)) {
    throw new TaskError(
      'not-fitting',
      'policy',
      'This is no policy in HCL: it has no line like path "secret/data/app" {.',
    );
  }
  if (depthOf(text) !== 0) {
    throw new TaskError(
      'not-fitting',
      'policy',
      'A brace, a bracket or a quote of this policy has no counterpart.',
    );
  }
  requireSmall(policyRequests(task), 'policy');
}

export const policyRequests = ({ name, policy }: WritePolicy): TaskRequest[] => [
  taskRequest('POST', `sys/policies/acl/${name}`, { policy: `${policy.join('\n')}\n` }),
];

export function policyWords({ name, policy }: WritePolicy): TaskWords {
  const text = plainHcl(policy.join('\n'));
  const paths = [...text.matchAll(/(?:^|\n)\s*path\s+"([^"\n]+)"/g)].map(([, path = '']) => path);
  const shown = paths.slice(0, 4).map((path) => `“${path}”`);
  const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '';
  return {
    title: `Write the policy “${name}”`,
    points: [
      ...(paths.length === 0 ? [] : [`It is about ${shown.join(', ')}${more}.`]),
      ...(paths.some((path) => /^[+*]/.test(path)) ? ['It reaches nearly everything on the server.'] : []),
      ...(/"sudo"/.test(text) ? ['It allows what else only a root token may (sudo).'] : []),
      'A policy of that name that is there already is replaced.',
    ],
  };
}

/** The policy without its comments. Quotes count: a “#” within them begins none. */
const plainHcl = (text: string): string =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*")|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, quoted?: string) => quoted ?? '',
  );

/** 0 where each brace and bracket has its counterpart, in order. */
function depthOf(text: string): number {
  const plain = plainHcl(text).replace(/"(?:[^"\\\n]|\\.)*"/g, '');
  if (plain.includes('"')) return -1;
  const open: string[] = [];
  for (const mark of plain.replace(/[^{}[\]]/g, '')) {
    if (mark === '{' || mark === '[') open.push(mark);
    else if (open.pop() !== (mark === '}' ? '{' : '[')) return -1;
  }
  return open.length;
}
