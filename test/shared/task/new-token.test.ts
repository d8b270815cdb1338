import { describe, expect, test } from 'vitest';
import { requestsOf } from '../../../shared/task/requests-of';
import { wordsOf } from '../../../shared/task/words-of';
import { nameOf, oneOfEach, read } from './tasks';

const token = (change: object) => read({ ...oneOfEach['create-token'], ...change });
const sentBy = (change: object): unknown => JSON.parse(requestsOf(token(change))[0]?.body ?? '');
const pointsOf = (change: object) => wordsOf(token(change), nameOf).points.join(' ');

describe('a token that can’t be, or would be something else than the plan says, is refused with a sentence', () => {
  test.each([
    [
      'a batch token with a period',
      { type: 'batch', ttl: '', period: '1h' },
      'period',
      /A batch token can’t have a period/,
    ],
    ['a batch token with a limit of uses', { type: 'batch', uses: 3 }, 'uses', /can’t have a limit of uses/],
    ['a batch token that is renewed', { type: 'batch', renewable: true }, 'renewable', /can’t have renewal/],
    [
      'a batch token with an explicit max TTL',
      { type: 'batch', maxTtl: '9h' },
      'maxTtl',
      /can’t have an explicit max TTL/,
    ],
    ['a period without renewal', { ttl: '', period: '1h' }, 'renewable', /without renewal it means nothing/],
    ['a period and a TTL', { renewable: true, period: '1h' }, 'ttl', /passes over the TTL/],
    ['neither period nor TTL', { ttl: '' }, 'ttl', /how long the token lives/],
    [
      'an explicit max TTL below the TTL',
      { maxTtl: '7h' },
      'maxTtl',
      /shorter than what the token is to live/,
    ],
    [
      'an explicit max TTL below the period',
      { renewable: true, ttl: '', period: '2h', maxTtl: '1h' },
      'maxTtl',
      /shorter/,
    ],
    ['the policy root', { policies: ['app-reader', 'root'] }, 'policies', /another root token/],
    ['the policy root in capitals', { policies: 'ROOT' }, 'policies', /another root token/],
    [
      'no policy, which gives those of the root token',
      { policies: '' },
      'policies',
      /gets those of the root token/,
    ],
    [
      'a policy that servers give to nobody',
      { policies: 'response-wrapping' },
      'policies',
      /give .* to no token/,
    ],
    ['no name of a policy', { policies: ['a b'] }, 'policies', /no name of a policy/],
    [
      'default, and without default',
      { policies: 'default', withDefault: false },
      'withDefault',
      /say one of the two/,
    ],
    ['nobody for whom it is', { recipient: '' }, 'recipient', /for whom the token is/],
    ['a name that the servers change', { name: 'für Ada' }, 'name', /servers change other characters/],
    ['a number of uses that is none', { uses: '1.5' }, 'uses', /no whole number/],
    ['a life of more than ten years', { ttl: '3651d' }, 'ttl', /no duration/],
    ['a flag that is text', { orphan: 'yes' }, 'orphan', /true or false/],
  ])('%s', (_, change, field, sentence) => {
    expect(() => token(change)).toThrow(
      expect.objectContaining({ field, message: expect.stringMatching(sentence) }),
    );
  });
});

test('a period may have an explicit max TTL, which then ends it for good', () => {
  expect(sentBy({ ttl: '', period: '1h', renewable: true, maxTtl: '30d' })).toEqual({
    policies: ['app-reader'],
    type: 'service',
    no_parent: true,
    no_default_policy: false,
    renewable: true,
    period: '3600s',
    explicit_max_ttl: '2592000s',
    display_name: 'ada-admin',
  });
  expect(pointsOf({ ttl: '', period: '1h', renewable: true, maxTtl: '30d' })).toContain(
    'It lives 1 hour, and anew each time that it is renewed, until 30 days after it was made at the latest (periodic).',
  );
});

test('a batch token is asked for with what it can have', () => {
  expect(sentBy({ type: 'batch', orphan: false, withDefault: false, name: '' })).toEqual({
    policies: ['app-reader'],
    type: 'batch',
    no_parent: false,
    no_default_policy: true,
    renewable: false,
    ttl: '28800s',
  });
});

test('every choice is said in plain words, and for whom the token is', () => {
  expect(wordsOf(token({ uses: 1 }), nameOf)).toEqual({
    title: 'Create a limited token for Ada',
    points: [
      'It may do what the policies “app-reader” and “default” allow.',
      'It lives 8 hours, and can’t be renewed.',
      'It may make one request, whatever they ask. Then it is dead.',
      'It has no parent, so it goes on living when this root token is revoked (orphan).',
      'It is a service token: the server keeps it, and it can be revoked by its accessor.',
      'Logs call it “token-ada-admin”.',
      'It is sealed to Ada, and shown to nobody else.',
    ],
  });
  expect(pointsOf({ orphan: false })).toContain('dies when the last task revokes that');
  expect(pointsOf({ type: 'batch' })).toContain('can’t be revoked before its time is over');
  expect(pointsOf({ renewable: true })).toContain('until the server’s own limit');
  expect(pointsOf({ withDefault: false })).toContain('the policy “app-reader” allows');
});
