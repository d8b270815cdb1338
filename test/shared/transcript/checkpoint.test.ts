import { describe, expect, test } from 'vitest';
import { checkpointText, parseCheckpoint } from '../../../shared/transcript/checkpoint';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import { CEREMONY } from './archive';

/** The code of the refusal. */
function refusal(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof TranscriptError && error.line === null) return error.code;
    throw error;
  }
}

describe('a checkpoint', () => {
  const checkpoint = {
    ceremony: CEREMONY,
    station: 'Office, 2nd floor – Zoë',
    lines: 41,
    head: 'a'.repeat(64),
    fileSha256: 'b'.repeat(64),
    rehearsal: true,
    summary: ['3 key made: AA', 'besides: 2 message-sent'],
  };

  test('is a short plain text that says the same again when it is read', () => {
    expect(checkpointText(checkpoint)).toBe(
      `Airlock checkpoint v2\nceremony: ${CEREMONY}\nstation: Office, 2nd floor – Zoë\nlines: 41\nhead: ${'a'.repeat(64)}\nsha256: ${'b'.repeat(64)}\nrehearsal: yes\nevents:\n  3 key made: AA\n  besides: 2 message-sent\n`,
    );
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
    expect(parseCheckpoint(checkpointText({ ...checkpoint, ceremony: '' })).ceremony).toBe('');
  });

  test('has one form only', () => {
    const text = checkpointText(checkpoint);
    for (const other of [
      '',
      `${text}\n`,
      text.trimEnd(),
      text.replaceAll('\n', '\r\n'),
      text.replace('lines: 41', 'lines: 041'),
      text.replace('yes', 'maybe'),
      text.replace('v2', 'v3'),
      text.replace('v2', 'v1'),
      text.slice(0, text.indexOf('events:')),
      text.replace('  3', '3'),
      text.replace(CEREMONY, CEREMONY.toUpperCase()),
    ]) {
      expect(refusal(() => parseCheckpoint(other))).toBe('bad-checkpoint');
    }
  });

  test('of version 0.1.0, which tells nothing of the events, is read and written as it was', () => {
    const old = checkpointText({ ...checkpoint, summary: null });
    expect(old).toMatch(/^Airlock checkpoint v1\n(?:.*\n)*rehearsal: yes\n$/);
    expect(parseCheckpoint(old)).toEqual({ ...checkpoint, summary: null });
    expect(refusal(() => parseCheckpoint(old.replace('v1', 'v2')))).toBe('bad-checkpoint');
  });

  test('cannot be made of a label that would add a line to it', () => {
    const station = 'B\nrehearsal: no';
    expect(refusal(() => checkpointText({ ...checkpoint, station }))).toBe('bad-checkpoint');
  });
});
