import { describe, expect, test } from 'vitest';
import { closingQuestion } from '../../../main/station/stake';

describe('the question before the program ends', () => {
  test('says of a live token what is lost, and that closing does not revoke it', () => {
    const { message, detail } = closingQuestion([{ kind: 'live-token', name: 'Re-enable OIDC' }]);
    expect(message).toContain('The root token of “Re-enable OIDC”');
    expect(detail).toContain('does not revoke it');
    expect(detail).toContain('your passphrase decodes the token again');
  });

  test('says of a share that it has to be entered again', () => {
    const { message, detail } = closingQuestion([{ kind: 'share', name: 'prod-eu' }]);
    expect(message).toBe('Close Airlock? A share for “prod-eu” is entered here, and not released.');
    expect(detail).toContain('has to be entered again');
  });

  test('tells of everything that is at stake', () => {
    const { detail } = closingQuestion([
      { kind: 'made-token', name: 'A' },
      { kind: 'share', name: '' },
    ]);
    expect(detail).toContain('The attempt of “A” has made a root token');
    expect(detail).toContain('A share is entered here, and not released.');
  });
});
