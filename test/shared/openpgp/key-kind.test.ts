import { describe, expect, test } from 'vitest';
import { keyKindFor } from '../../../shared/openpgp/key-kind';

describe('the kind of key is chosen by the server’s version', () => {
  test.each(['1.14.0', '1.21.4+ent', 'v1.15.2', '2.0.0', '2.6.2', '1.14.0-beta'])(
    'Curve25519 for %s',
    (version) => {
      expect(keyKindFor(version).algorithm).toBe('curve25519');
      expect(keyKindFor(version).because).toContain(version);
    },
  );

  test.each(['1.13.9', '0.11.2', '1.0.0'])('RSA for %s, which knows no other', (version) => {
    expect(keyKindFor(version).algorithm).toBe('rsa3072');
    expect(keyKindFor(version).because).toContain(version);
  });

  test.each(['', 'not known (typed in by hand)', 'dev'])('RSA for “%s”, which tells nothing', (version) => {
    expect(keyKindFor(version).algorithm).toBe('rsa3072');
    expect(keyKindFor(version).because).toContain('not known');
  });
});
