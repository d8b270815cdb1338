import { expect, test } from 'vitest';
import { TOKEN_KINDS, tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';

test('every kind of token says what it can do and how it ends, in sentences', () => {
  for (const kind of TOKEN_KINDS) {
    expect(tokenKindSentence(kind)).toMatch(/^Whoever has it can .*\. It .*\.$/);
    expect(tokenKindWords(kind).one.endsWith(tokenKindWords(kind).name)).toBe(true);
  }
});

test('a root token of a namespace can do nothing outside of it', () => {
  expect(tokenKindSentence('root', 'team')).toContain('everything in the namespace team');
  expect(tokenKindSentence('root')).toContain('everything on the server');
});
