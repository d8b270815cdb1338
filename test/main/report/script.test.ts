import { describe, expect, test } from 'vitest';
import { reportPage } from '../../../main/report/page';
import { scriptHash, scriptWords } from '../../../shared/script/script-hash';
import { standardScript } from '../../../shared/script/standard-script';
import type { EventData } from '../../../shared/transcript/event';
import { ceremony, type Scene } from './sample';

const OFFICER = 'Olga Petrenko';
const sha256 = scriptHash(standardScript);

function choose(scene: Scene, script = standardScript): void {
  const { sections, ...head } = script;
  scene.write(OFFICER, 'script-chosen', { ...head, sections: sections.length, sha256: scriptHash(script) });
  for (const [i, section] of sections.entries())
    scene.write(OFFICER, 'script-section', { number: i + 1, ...section });
}
function record(scene: Scene, section: number, step: number, more: Partial<EventData<'script-step'>>): void {
  scene.write(OFFICER, 'script-step', {
    section,
    step,
    result: 'as-expected',
    checks: [],
    actual: '',
    by: OFFICER,
    deviation: '',
    decidedBy: '',
    ...more,
  });
}

/** A ceremony that went by the standard script. */
function scripted(): Scene {
  const scene = ceremony();
  choose(scene);
  scene.write(OFFICER, 'script-person', {
    role: 'safe controller',
    name: 'Sam <Vault>',
    organisation: 'Bank AG',
  });
  scene.write(OFFICER, 'script-break', { what: 'begins', stayed: 'Olga and Wim' });
  scene.write(OFFICER, 'script-break', { what: 'ends', stayed: '' });
  const ticked = ['SN-77', 'BAG-0042', 'log of June', ''].map((value) => ({ done: true, value }));
  record(scene, 3, 1, { by: 'Sam <Vault>', checks: ticked, actual: 'as recorded' });
  record(scene, 2, 3, {
    checks: [
      { done: true, value: 'wall' },
      { done: true, value: '3' },
    ],
  });
  record(scene, 3, 2, {
    result: 'deviation',
    deviation: 'The bag was torn at a corner; the medium was compared and used',
    decidedBy: 'Wim de Vries',
  });
  return scene;
}

const readable = (markup: string): string =>
  markup
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const section = (page: string, id: string): string =>
  page.split('<section').find((part) => part.includes(`id="${id}"`)) ?? '';
/** The row of a step. */
const row = (page: string, number: string): string =>
  readable(
    section(page, 'script')
      .split('<tr')
      .find((each) => each.includes(`>${number}</th>`)) ?? '',
  );

describe('the report of a ceremony that went by a script', () => {
  test('says which, by its words and hash, and how many of its steps went how', () => {
    const text = readable(section(reportPage(scripted().archive()), 'script'));
    expect(text).toContain(sha256);
    expect(text).toContain(scriptWords(sha256));
    expect(text).toMatch(/\d+, of which \d+ went as expected, 1 deviated, \d+ are not on record/);
    expect(text).not.toContain('Not the whole script');
    expect(text).toContain('in the room: Olga and Wim');
  });

  test('shows of each step what was to be seen, what was seen, by whom and when', () => {
    const page = reportPage(scripted().archive());
    expect(row(page, '3.1')).toMatch(
      /As expected as recorded ☑.*SN-77.*BAG-0042.*Sam &lt;Vault&gt; \d\d:\d\d:\d\d/,
    );
    expect(row(page, '3.2')).toMatch(/Deviation.*torn at a corner.*Decided by\s+Wim de Vries/);
    expect(row(page, '2.3')).toContain('Out of order: after step 3.1');
    expect(row(page, '2.2')).toContain('Not on record as carried out');
  });

  test('fills in what the program did itself', () => {
    const page = reportPage(scripted().archive());
    expect(row(page, '7.1')).toMatch(/As expected The token was decoded: 28 characters.*Olga Petrenko/);
    expect(row(page, '8.1')).toContain('As expected Destroyed: the ceremony’s key');
    // Its fingerprint is to be read aloud besides, and nobody said so.
    expect(row(page, '5.1')).toMatch(
      /Not on record as carried out .*The ceremony’s key is ready: .*curve25519/,
    );
  });

  test('lists each deviation, and names it as an alarm in the timeline', () => {
    const page = reportPage(scripted().archive());
    expect(readable(section(page, 'script'))).toMatch(/Deviations Step .* 3\.2 .* torn .* Wim de Vries/);
    expect(readable(section(page, 'timeline'))).toContain('Step 3.2 of the script deviated');
    // What was written down is found by whoever searches the lines.
    expect(readable(section(page, 'lines'))).toContain('went as expected: as recorded; SN-77, BAG-0042');
  });

  test('shows a script that another took the place of, with what was done by it', () => {
    const scene = scripted();
    choose(scene, { ...standardScript, version: '2' });
    const text = readable(section(reportPage(scene.archive()), 'script'));
    expect(text).toMatch(/version 1 Another took its place.*SN-77.*version 2/);
  });

  test('says where a script is not the one that its hash is of', () => {
    const scene = ceremony();
    const { sections, ...head } = standardScript;
    scene.write(OFFICER, 'script-chosen', { ...head, sections: sections.length, sha256 });
    expect(readable(section(reportPage(scene.archive()), 'script'))).toContain('Not the whole script');
  });
});

describe('the sign-off page', () => {
  test('ends the report, with a line for everyone under what they state', () => {
    const page = reportPage(scripted().archive());
    expect(page.lastIndexOf('<section')).toBe(page.indexOf('<section class="sign-off"'));
    const statements = section(page, 'sign-off').split('<div class="statement">').slice(1).map(readable);
    expect(statements.map((each) => each.split(' I ')[0]?.trim().split('> ').at(-1))).toHaveLength(6);
    const of = (role: string): string => statements.find((each) => each.trim().startsWith(role)) ?? '';
    for (const name of ['Clara Ng', 'Dmitri Volkov', 'Ewa Zielińska'])
      expect(of('custodian')).toContain(name);
    expect(of('safe controller')).toContain('Sam &lt;Vault&gt; Bank AG to be filled in');
    // Nobody is on record: a line is left.
    expect(of('room attendant')).toContain('Name Organisation Signature Date Time to be filled in');
  });

  test('is there for a ceremony without a script, too', () => {
    const page = reportPage(ceremony().archive());
    expect(section(page, 'script')).toBe('');
    expect(readable(section(page, 'sign-off'))).toMatch(/witness I have watched.*Wim de Vries/);
  });
});
