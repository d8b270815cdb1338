import { expect, test } from 'vitest';
import { judgeCode, lookAtOwnCode } from '../../../../main/desktop/proof/own-code';
import { networkModules } from '../../../../vite.no-network';

test.each(networkModules)('code that asks for %s is told of, however it asks', (name) => {
  for (const text of [
    `require("node:${name}")`,
    `require('${name}')`,
    `import(\`node:${name}\`)`,
    `x = require( "${name}" )`,
  ]) {
    const { state, found } = judgeCode(['require("node:fs")', text]);
    expect(state).toBe('open');
    expect(found.join()).toContain(name);
  }
});

test('the air-gapped app’s own code holds, and all that it asks for is named', () => {
  const { state, found } = lookAtOwnCode('dist/offline');
  expect(state).toBe('holds');
  expect(found[0]).toMatch(/crypto, electron, fs/);
});

test('the online station’s code does not: the look can tell them apart', () => {
  expect(lookAtOwnCode('dist/online').state).toBe('open');
});

test('a folder that can’t be read is not known', () => {
  expect(lookAtOwnCode('dist/nowhere').state).toBe('unknown');
});
