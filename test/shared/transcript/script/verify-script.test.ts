import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '@scure/base';
import { describe, expect, vi } from 'vitest';
import { readTranscriptFolder } from '../../../../main/store/transcript-folder';
import { scriptHash } from '../../../../shared/script/script-hash';
import { standardScript } from '../../../../shared/script/standard-script';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { ownScript } from '../../../../shared/transcript/script/releases';
import { verifyScript } from '../../../../shared/transcript/script/verify-script';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import { archiveOf, type Person, personNamed, planAgreed, planned } from '../archive';
import { adding, replaced } from '../ceremony';
import { test } from './shell-runs';

// Each run of the script starts gpg some ten times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

describe('verify.sh', () => {
  test('passes a ceremony that went well, from any working folder, and changes nothing in its own', async ({
    ceremony,
    runs,
  }) => {
    const dir = runs.write(ceremony.folder);
    const files = readdirSync(dir);
    const [outcome] = await runs.run([dir]);
    expect(outcome?.last).toBe('Proven: nothing is missing and everything fits, by the keys in this folder.');
    expect(outcome?.lines[0]).toBe(`This script: SHA-256 ${ownScript()}`);
    expect(outcome?.code).toBe(0);
    expect(outcome?.lines).toContain('ok    online/journal.jsonl  16 lines, chain whole');
    expect(outcome?.lines).toContain(
      'note  Office, 2nd floor – Zoë 8: exception: The door stood open for a minute.',
    );
    expect(readdirSync(dir)).toEqual(files);
    const [agreed] = await runs.agreed([['went well', ceremony.folder]]);
    expect(agreed?.[1].code).toBe(0);
  });

  test('passes a ceremony that went by a script, as the program does, and names a step that was changed', async ({
    ceremony,
    runs,
  }) => {
    const { sections, ...head } = standardScript;
    const chosen = { ...head, sections: sections.length, sha256: scriptHash(standardScript) };
    const checks = [{ done: true, value: 'BAG-42 “whole”' }];
    const step = { section: 3, step: 1, checks, actual: 'as recorded', by: 'Sam' };
    const events: JournalEvent[] = [
      { event: 'script-chosen', data: chosen },
      ...sections.map(
        (section, i): JournalEvent => ({ event: 'script-section', data: { number: i + 1, ...section } }),
      ),
      { event: 'script-person', data: { role: 'safe controller', name: 'Sam', organisation: '' } },
      { event: 'script-break', data: { what: 'begins', stayed: 'Sam' } },
      { event: 'script-break', data: { what: 'ends', stayed: '' } },
      { event: 'script-step', data: { ...step, result: 'as-expected', deviation: '', decidedBy: '' } },
      { event: 'script-step', data: { ...step, result: 'deviation', deviation: 'torn', decidedBy: 'Wim' } },
    ];
    const scripted = await ceremony.withPlan(0, adding(...events));
    const [office, ...others] = scripted.stations;
    const text = new TextDecoder().decode(office?.journal);
    const changed = utf8.decode(text.replace('BAG-42', 'BAG-43'));
    const stations = [...(office === undefined ? [] : [{ ...office, journal: changed }]), ...others];
    const outcomes = await runs.agreed([
      ['by a script', scripted],
      ['changed', { ...scripted, stations }],
    ]);
    expect(outcomes.map(([name, { code }]) => [name, code])).toEqual([
      ['by a script', 0],
      ['changed', 1],
    ]);
    expect(office?.checkpoint).toContain('deviation at step 3.1: torn');
  });

  test('reads as what it needs: sh, sha256sum, jq, gpg, and nothing of ours', () => {
    const script = verifyScript();
    expect(script.startsWith('#!/bin/sh\n')).toBe(true);
    expect(script).not.toMatch(/\b(?:awk|python|perl|node|npx|curl|wget)\b/);
    expect(script).not.toMatch(/^@.*@$/m);
    expect(script.match(/^PROGRAM$/gm)).toHaveLength(3);
  });

  test('passes shellcheck as a script for any POSIX shell', () => {
    const { stdout, stderr, status } = spawnSync('shellcheck', ['--shell=sh', '--norc', '-'], {
      input: verifyScript(),
      encoding: 'utf8',
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
  });

  test('passes an archive of version 0.1.0, as the program does, and fails once a byte of it is changed', async ({
    runs,
  }) => {
    const old = readTranscriptFolder(join(import.meta.dirname, '../../../vectors/archive-0.1.0'));
    const changed: TranscriptFolder = {
      ...old,
      stations: old.stations.map(({ journal, ...station }) => ({
        ...station,
        journal: utf8.decode(utf8.encode(journal).replace('"token-revoked"', '"token-revoKed"')),
      })),
    };
    const outcomes = await runs.agreed([
      ['as it was', old],
      ['changed', changed],
    ]);
    expect(outcomes.map(([name, { code, last }]) => [name, code, last])).toEqual([
      ['as it was', 0, 'Proven: nothing is missing and everything fits, by the keys in this folder.'],
      ['changed', 1, expect.stringMatching(/^Broken: /)],
    ]);
  });

  test('does not care for clocks: keys and signatures of a later year are as good', async ({
    ceremony: { plans },
    runs,
  }) => {
    const future = await personNamed('olga of 2090', new Date('2090-01-01T00:00:00Z'));
    const rename = (events: readonly JournalEvent[]): JournalEvent[] =>
      events.map((event) =>
        event.event === 'message-received' && event.data.type === 'start'
          ? { ...event, data: { ...event.data, from: future.fingerprint } }
          : event,
      );
    const roster = await Promise.all(
      [
        [future, 'officer'],
        [plans[1].who, 'operator'],
        [plans[2].who, 'custodian'],
        [plans[3].who, 'custodian'],
        [await personNamed('wanda'), 'witness'],
      ].map(([person, role]) => planned(person as Person, String(role))),
    );
    const changed = await archiveOf([
      {
        ...plans[0],
        who: future,
        signers: [future, await personNamed('wanda')],
        events: replaced('plan-agreed', () => planAgreed(roster))(plans[0].events),
      },
      { ...plans[1], events: rename(plans[1].events) },
      plans[2],
      plans[3],
    ]);
    const [agreed] = await runs.agreed([['of a later year', changed]]);
    expect(agreed?.[1].code).toBe(0);
  });

  test('agrees with the program on checkpoints, signatures and keys', async ({ ceremony, runs }) => {
    const { folder } = ceremony;
    const withStation = ceremony.withStation.bind(ceremony);
    const [first, second] = folder.stations;
    if (!first || !second) throw new Error('no station');
    const cases: [string, TranscriptFolder][] = [
      ['no checkpoint', withStation(0, { checkpoint: null })],
      ['no signature', withStation(0, { signatures: [] })],
      ['not by its own person', withStation(0, { signatures: first.signatures.slice(1) })],
      ['of another checkpoint', withStation(0, { signatures: second.signatures })],
      [
        'another key under the name',
        {
          ...folder,
          keys: folder.keys.map((key, i) => ({
            ...key,
            armored: folder.keys[i === 0 ? 1 : i]?.armored ?? '',
          })),
        },
      ],
      ['no keys', { ...folder, keys: [] }],
      ['not a signature', withStation(0, { signatures: [{ name: 'olga', armored: 'hello' }] })],
      ['a line too many', withStation(0, { checkpoint: `${first.checkpoint}\n` })],
      [
        'a journal cut at its end',
        withStation(1, {
          journal: utf8.decode(`${utf8.encode(second.journal).split('\n').slice(0, -2).join('\n')}\n`),
        }),
      ],
      ['a torn journal', withStation(1, { journal: second.journal.slice(0, -20) })],
      ['an empty journal', withStation(1, { journal: new Uint8Array() })],
      ['nothing', { stations: [], keys: [] }],
    ];
    const incomplete = ['no checkpoint', 'no signature', 'not by its own person', 'no keys', 'nothing'];
    const missing = [...incomplete, 'an empty journal'];
    for (const [name, { code }] of await runs.agreed(cases)) {
      expect([name, code]).toEqual([name, missing.includes(name) ? 3 : 1]);
    }
  });

  test('lets nothing of a file name or a journal reach the terminal as a control character', async ({
    ceremony,
    runs,
  }) => {
    const text = JSON.stringify({ event: 'exception', text: '\u001b[2J' });
    const dir = runs.write(
      ceremony.withStation(0, { name: 'st\u001b[31mation', journal: utf8.decode(`${text}\n`) }),
    );
    const [outcome] = await runs.run([dir]);
    expect(outcome?.lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
