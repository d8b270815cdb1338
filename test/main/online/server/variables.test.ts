import { expect, test } from 'vitest';
import { serverOptionsFromEnv } from '../../../../main/online/server/environment';
import { serverVariables } from '../../../../main/online/server/variables';

const refused = Object.entries(serverVariables).flatMap(([name, { effect }]) =>
  effect === 'refused' ? [`VAULT_${name}`, `BAO_${name}`] : [],
);

test.each(refused)('%s is refused by name, for it would lead elsewhere', (name) => {
  expect(() => serverOptionsFromEnv({ VAULT_ADDR: 'https://a', [name]: '1' })).toThrow(name);
  expect(serverOptionsFromEnv({ VAULT_ADDR: 'https://a', [name]: '' }).address).toBe('https://a');
});

test.each([
  [{ BAO_CACERT: '/absent' }, /of BAO_CACERT can't/],
  [{ VAULT_CACERT: '/absent' }, /of VAULT_CACERT can't/],
  [{ BAO_CAPATH: '/absent' }, /of BAO_CAPATH can't/],
  [{ BAO_NAMESPACE: 'a\u0001' }, /\(BAO_NAMESPACE\)/],
  [{ BAO_SKIP_VERIFY: '1' }, /with BAO_CACERT/],
])('an error about %j names the variable that the person set', (env, sentence) => {
  expect(() => serverOptionsFromEnv({ BAO_ADDR: 'https://a', ...env })).toThrow(sentence);
});
