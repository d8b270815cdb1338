import { utf8 } from '@scure/base';
import { z } from 'zod';
import { isPlainLine } from '../plain-text';
import { type Script, scriptLimits, scriptOf } from './script';
import { ScriptError } from './script-error';
import { scriptHash } from './script-hash';

/** The newest form of the file that is known here; a later version of the program may have another. */
const FORM = 2;

/** Versions that know the first form alone read every script but those that propose something. */
const formOf = ({ proposes }: Script): number => (proposes === undefined ? 1 : FORM);

const script = scriptOf((min, max) =>
  z.string().min(min).max(max).refine(isPlainLine, 'must be one line of plain text'),
);

/** A script as a file that people can read and change: JSON, and the hash of what it says. */
export function scriptFile(content: Script): string {
  const { title, version, about, proposes, roles, sections, statements } = content;
  const inOrder = { title, version, about, proposes, roles, sections, statements };
  return `${JSON.stringify({ 'airlock-script': formOf(content), ...inOrder, sha256: scriptHash(content) }, null, 2)}\n`;
}

/**
 * The script in a file. `sha256` may be left out of the file by whoever changes it. Throws `ScriptError`
 * 'too-large', 'not-a-script', 'newer-form', 'unknown-field', 'wrong-field', 'unknown-role', 'wrong-hash'.
 */
export function readScriptFile(bytes: Uint8Array): Script {
  if (bytes.length > scriptLimits.file) {
    throw new ScriptError(
      'too-large',
      `This file has ${bytes.length} bytes, and a script has ${scriptLimits.file} at most. It was not taken in, and nothing has changed.`,
    );
  }
  const { 'airlock-script': form, sha256, ...content } = jsonObject(bytes);
  if (form !== 1 && form !== FORM) {
    if (typeof form === 'number' && form > FORM) {
      throw new ScriptError(
        'newer-form',
        'This script is of a form that a later version of Airlock writes. It was not taken in: have it exported again by this version, or bring this laptop up to date.',
      );
    }
    throw notAScript();
  }
  const parsed = script.safeParse(content);
  if (!parsed.success) throw wrongField(parsed.error);
  requireContent(parsed.data);
  if (sha256 !== undefined && sha256 !== scriptHash(parsed.data)) {
    throw new ScriptError(
      'wrong-hash',
      'The hash in this file is not that of the script in it: it was changed since it was exported. It was not taken in. If you changed it yourself, give it a version of its own and take the field “sha256” out; else ask for the file again.',
    );
  }
  return parsed.data;
}

/** Each role is named once, and whoever is named has one. Throws `ScriptError`. */
function requireContent({ roles, sections, statements }: Script): void {
  const names = roles.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`The role “${twice}” is there twice`);
  if (sections.length === 0) throw wrong('It has no section');
  const empty = sections.findIndex(({ steps }) => steps.length === 0);
  if (empty >= 0) throw wrong(`Section ${empty + 1} has no step`);
  const named = [
    ...sections.flatMap((section, s) => [
      ...section.steps.map(({ by }, i) => [`Step ${s + 1}.${i + 1} is for`, by] as const),
      ...section.signs.map((by) => [`Section ${s + 1} is signed by`, by] as const),
    ]),
    ...statements.map(({ by }) => ['A statement is of', by] as const),
  ];
  const unknown = named.find(([, by]) => !names.includes(by));
  if (unknown !== undefined) {
    throw new ScriptError(
      'unknown-role',
      `${unknown[0]} “${unknown[1]}”, and the script has no such role. It was not taken in: add the role, or name one of ${names.join(', ') || 'its roles'}.`,
    );
  }
}

function jsonObject(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    const text = utf8.encode(bytes);
    // What stands there for bytes that are no UTF-8: what they were to say would be lost.
    if (text.includes('\ufffd')) throw notAScript();
    value = JSON.parse(text);
  } catch {
    throw notAScript();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAScript();
  return value as Record<string, unknown>;
}

const notAScript = (): ScriptError =>
  new ScriptError(
    'not-a-script',
    'This file is no script of a ceremony. It was not taken in: choose a file that was exported as a script.',
  );

/** The first thing that is wrong with it, where a person would look for it. */
function wrongField({ issues }: z.ZodError): ScriptError {
  const issue = issues[0];
  const place = placeOf(issue?.path ?? []);
  if (issue?.code === 'unrecognized_keys') {
    return new ScriptError(
      'unknown-field',
      `${place} has a field “${issue.keys[0]}”, which scripts don’t have. It was not taken in: a field that is not understood would be lost. Take it out, or correct its name.`,
    );
  }
  const field = issue?.path.filter((part) => typeof part === 'string').at(-1);
  return wrong(
    `${place}: the field “${String(field ?? '')}” is missing, empty, too long, or of another kind`,
  );
}

const wrong = (problem: string): ScriptError =>
  new ScriptError('wrong-field', `${problem}. It was not taken in: correct the file.`);

/** "Step 2.3", counted from 1 as on the screen. */
function placeOf(path: readonly PropertyKey[]): string {
  const at = (key: string): number | null => {
    const next = path[path.indexOf(key) + 1];
    return path.includes(key) && typeof next === 'number' ? next + 1 : null;
  };
  const [section, step, role, statement] = [at('sections'), at('steps'), at('roles'), at('statements')];
  if (section !== null) return step === null ? `Section ${section}` : `Step ${section}.${step}`;
  if (role !== null) return `Role ${role}`;
  return statement === null ? 'The script' : `Statement ${statement}`;
}
