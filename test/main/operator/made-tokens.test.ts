import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { ceremonyJournal } from '../../../main/online/station-context';
import { madeTokens } from '../../../main/operator/made-tokens';
import { test } from '../online/fixtures';

describe('a token that an attempt of this station made', () => {
  test('is at stake once it is made, until it is revoked', async ({ stage, operator, started, give }) => {
    const { home, identity } = operator;
    for (const i of [0, 1]) await give(i);
    expect(madeTokens(home)).toEqual([]);
    await give(2);
    expect(madeTokens(home)).toEqual([{ title: 'Quarterly policy change', kind: 'root' }]);
    // Half a line more, which anybody who reaches the disk can leave there, keeps it from nobody.
    const { path } = ceremonyJournal({ home, identity, clock: stage.clock }, started.attempt.ceremony, false);
    const whole = readFileSync(path);
    appendFileSync(path, '{"v":1,"event":"token-revoked"');
    expect(madeTokens(home)).toEqual([{ title: 'Quarterly policy change', kind: 'root' }]);
    writeFileSync(path, whole);
    const journal = ceremonyJournal({ home, identity, clock: stage.clock }, started.attempt.ceremony, false);
    journal.append('token-revoked', { by: 'accessor', proof: 'the server knows it no more' });
    expect(madeTokens(home)).toEqual([]);
  });
});
