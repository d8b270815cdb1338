import { describe, expect, test } from 'vitest';
import { closingQuestion } from '../../../main/station/stake';
import { tokenKindWords } from '../../../shared/token/token-kind';

describe('the question before the program ends', () => {
  test('says of a live token what is lost, and that closing does not end it', () => {
    const { message, detail } = closingQuestion([
      { kind: 'live-token', token: 'root', name: 'Re-enable OIDC' },
    ]);
    expect(message).toContain('The root token of “Re-enable OIDC”');
    expect(detail).toContain('does not end it. It never ends by itself. It lives until somebody revokes it.');
    expect(detail).toContain('your passphrase decodes the token again');
  });

  test.each([
    ['dr', 'a DR operation token, and nothing on this station says that it was deleted'],
    ['recovery', 'a recovery token, and nothing on this station says that it has ended'],
  ] as const)('calls a token of the kind “%s” by its name, and says how that one ends', (token, said) => {
    const { message, detail } = closingQuestion([{ kind: 'made-token', token, name: 'Restore' }]);
    expect(message).toContain(`The attempt of “Restore” has made ${said}.`);
    expect(detail).toContain(tokenKindWords(token).ends);
    expect(message + detail).not.toMatch(/root token|does not revoke/);
  });

  test('says of a share that it has to be entered again', () => {
    const { message, detail } = closingQuestion([{ kind: 'share', name: 'prod-eu' }]);
    expect(message).toBe('Close Airlock? A share for “prod-eu” is entered here, and not released.');
    expect(detail).toContain('has to be entered again');
  });

  test('tells of everything that is at stake', () => {
    const { detail } = closingQuestion([
      { kind: 'made-token', token: 'root', name: 'A' },
      { kind: 'share', name: '' },
    ]);
    expect(detail).toContain('The attempt of “A” has made a root token');
    expect(detail).toContain('A share is entered here, and not released.');
  });
});
