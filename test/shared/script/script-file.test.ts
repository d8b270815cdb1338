import { utf8 } from '@scure/base';
import { expect, test } from 'vitest';
import type { Script } from '../../../shared/script/script';
import { ScriptError } from '../../../shared/script/script-error';
import { readScriptFile, scriptFile } from '../../../shared/script/script-file';
import { scriptHash } from '../../../shared/script/script-hash';
import { standardScript } from '../../../shared/script/standard-script';
import { events } from '../../../shared/transcript/event';

const read = (text: string): Script => readScriptFile(utf8.decode(text));
/** The standard script's file after a change to what is in it; its hash is left out. */
function changed(
  change: (file: Record<string, unknown> & { -readonly [K in keyof Script]: Script[K] }) => void,
): string {
  const file = JSON.parse(scriptFile(standardScript));
  delete file.sha256;
  change(file);
  return JSON.stringify(file);
}
function refusal(text: string): ScriptError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('a script comes out of its file as it went in, however the file is laid out', () => {
  const text = scriptFile(standardScript);
  expect(read(text)).toEqual(standardScript);
  expect(read(JSON.stringify(JSON.parse(text)))).toEqual(standardScript);
  expect(read(changed(() => undefined))).toEqual(standardScript);
  expect(scriptHash(read(text))).toBe(scriptHash(standardScript));
});

test('what a script proposes is of its hash, in its file and journal, and in a form that earlier versions refuse by name', () => {
  const script: Script = { ...standardScript, proposes: { purpose: 'Re-enable OIDC', method: 'otp' } };
  const text = scriptFile(script);
  expect(read(text)).toEqual(script);
  expect(scriptHash(script)).not.toBe(scriptHash(standardScript));
  expect([JSON.parse(text), JSON.parse(scriptFile(standardScript))]).toMatchObject([
    { 'airlock-script': 2 },
    { 'airlock-script': 1 },
  ]);
  // By hand, into a file that was exported without.
  expect(read(changed((file) => Object.assign(file, { proposes: { method: 'pgp' } }))).proposes).toEqual({
    method: 'pgp',
  });
  const { sections, ...head } = script;
  const chosen = { ...head, sections: sections.length, sha256: scriptHash(script) };
  expect(events['script-chosen'].parse(chosen)).toEqual(chosen);
});

test('a journal takes the standard script as it is: nothing of it is cut or cleaned', () => {
  const { sections, ...head } = standardScript;
  const chosen = { ...head, sections: sections.length, sha256: scriptHash(standardScript) };
  expect(events['script-chosen'].parse(chosen)).toEqual(chosen);
  for (const [i, section] of sections.entries())
    expect(events['script-section'].parse({ number: i + 1, ...section })).toEqual({
      number: i + 1,
      ...section,
    });
});

test.each<[string, string, string]>([
  ['not-a-script', 'no script', 'hello'],
  ['not-a-script', 'no script', '[]'],
  ['not-a-script', 'no script', '{"title":"x"}'],
  ['newer-form', 'later version', changed((file) => Object.assign(file, { 'airlock-script': 3 }))],
  ['too-large', 'bytes', `${' '.repeat(65_536)}{}`],
  ['wrong-field', 'method', changed((file) => Object.assign(file, { proposes: { method: 'post' } }))],
  [
    'unknown-field',
    'The script has a field “colour”',
    changed((file) => Object.assign(file, { colour: 'red' })),
  ],
  [
    'unknown-field',
    'Step 2.3 has a field “note”',
    changed((file) => Object.assign(file.sections[1]?.steps[2] ?? {}, { note: 'x' })),
  ],
  [
    'wrong-field',
    'Step 1.1: the field “action”',
    changed((file) => Object.assign(file.sections[0]?.steps[0] ?? {}, { action: '' })),
  ],
  [
    'wrong-field',
    'Role 1: the field “plays”',
    changed((file) => Object.assign(file.roles[0] ?? {}, { plays: 'king' })),
  ],
  [
    'wrong-field',
    'Step 1.1: the field “own”',
    changed((file) => Object.assign(file.sections[0]?.steps[0] ?? {}, { own: 'coffee' })),
  ],
  [
    'wrong-field',
    'The script: the field “title”',
    changed((file) => Object.assign(file, { title: 'a\u202eb' })),
  ],
  ['wrong-field', 'no section', changed((file) => Object.assign(file, { sections: [] }))],
  [
    'wrong-field',
    'Section 2 has no step',
    changed((file) => Object.assign(file.sections[1] ?? {}, { steps: [] })),
  ],
  ['wrong-field', 'twice', changed((file) => Object.assign(file.roles[0] ?? {}, { name: 'witness' }))],
  [
    'unknown-role',
    'Step 2.1 is for “notary”',
    changed((file) => Object.assign(file.sections[1]?.steps[0] ?? {}, { by: 'notary' })),
  ],
  [
    'unknown-role',
    'Section 1 is signed by “notary”',
    changed((file) => Object.assign(file.sections[0] ?? {}, { signs: ['notary'] })),
  ],
  [
    'unknown-role',
    'A statement is of “notary”',
    changed((file) => Object.assign(file.statements[0] ?? {}, { by: 'notary' })),
  ],
  [
    'wrong-hash',
    'changed since it was exported',
    scriptFile(standardScript).replace('Read the digest', 'Skip the digest'),
  ],
])('a file that is no whole script is refused as %s, in a sentence that says “%s”', (code, said, text) => {
  const error = refusal(text);
  expect([error.code, error.message]).toEqual([code, expect.stringContaining(said)]);
});
