import { describe, expect, it } from 'vitest';
import { asciiBytes } from '../../../shared/bytes';
import { parseRootToken } from '../../../shared/token/root-token';
import { TokenError } from '../../../shared/token/token-error';

const secret = 'AbCdEfGhIjKlMnOpQrStUvWx';

function refused(text: string, otpLength?: number): string {
  try {
    parseRootToken(asciiBytes(text), otpLength);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    expect(error.message).not.toContain(secret);
    return error.code;
  }
  return 'accepted';
}

describe('a root token', () => {
  it.each([
    [`hvs.${secret}`, 'hvs', 'hvs.', /Vault 1\.10/],
    [`s.${secret}`, 's', 's.', /OpenBao/],
    [secret, 'bare', '', /0\.11/],
    [`s.${secret}.nsid42`, 'namespaced', 's.', /namespace/],
    [`hvs.${secret}.nsid42`, 'namespaced', 'hvs.', /namespace/],
    ['00112233-4455-6677-8899-aabbccddeeff', 'uuid', '', /UUID/],
    [`hvs.${secret}${secret}`, 'hvs', 'hvs.', /Vault/],
    [`s.${secret}.abc`, 'namespaced', 's.', /namespace/],
    ['abc', 'bare', '', /token/],
  ] as const)('%s is recognised by its length and prefix', (text, format, prefix, kind) => {
    const token = parseRootToken(asciiBytes(text));
    expect(token).toMatchObject({ format, prefix, length: text.length });
    expect(token.kind).toMatch(kind);
  });

  it('of another length than the server names is refused', () => {
    expect(refused(`s.${secret}`, 28)).toBe('length');
    expect(refused(`s.${secret}`, 0)).toBe('length');
  });

  it('with another prefix than its length has is refused', () => {
    expect(refused(`hvx.${secret}`, 28)).toBe('prefix');
    expect(refused(`x.${secret}`, 26)).toBe('prefix');
    expect(refused(`xx${secret}.nsid42`, 33)).toBe('prefix');
  });

  it('that is a batch or recovery token is refused by that name', () => {
    expect(refused(`hvb.${secret}`)).toBe('prefix');
    expect(() => parseRootToken(asciiBytes(`hvr.${secret}`), 28)).toThrow(/recovery token/);
    expect(() => parseRootToken(asciiBytes(`b.${secret}`), 26)).toThrow(/batch token/);
    expect(() => parseRootToken(asciiBytes(`hvb.${secret}${secret}`))).toThrow(/batch token/);
  });

  it('of which nobody knows the kind is told from a recovery token by its form', () => {
    expect(parseRootToken(asciiBytes(`hvr.${secret}`), 28, 'any').format).toBe('recovery');
    expect(parseRootToken(asciiBytes(`r.${secret}`), 26, 'any').format).toBe('recovery');
    expect(parseRootToken(asciiBytes(`hvs.${secret}`), 28, 'any').format).toBe('hvs');
    expect(() => parseRootToken(asciiBytes(`hvb.${secret}`), 28, 'any')).toThrow(/batch token/);
  });

  it('with a character that tokens have not is refused', () => {
    expect(refused(`hvs.${secret.slice(1)}!`)).toBe('alphabet');
    expect(refused(`s.${secret.slice(1)}.`)).toBe('alphabet');
    expect(refused(`s.${secret}xnsid42`)).toBe('alphabet');
    expect(refused(`hvs.${secret}.a.b`)).toBe('alphabet');
    expect(refused(`s..${secret}${secret}`)).toBe('alphabet');
    expect(refused('hvs.')).toBe('alphabet');
    expect(refused('0011223g-4455-6677-8899-aabbccddeeff', 0)).toBe('alphabet');
    expect(refused('00112233x4455-6677-8899-aabbccddeeff', 0)).toBe('alphabet');
  });

  it('that is empty is refused', () => {
    expect(refused('')).toBe('empty');
  });
});

describe('a recovery token', () => {
  const parsed = (text: string) => parseRootToken(asciiBytes(text), text.length, 'recovery');

  it.each([
    [`hvr.${secret}`, 'hvr.'],
    [`r.${secret}`, 'r.'],
  ])('%s is recognised', (text, prefix) => {
    expect(parsed(text)).toMatchObject({ format: 'recovery', prefix, length: text.length });
  });

  it('is refused by name where it is another token, too short, or garbage', () => {
    expect(() => parsed(`hvs.${secret}`)).toThrow(/service token of Vault .*not a recovery token/);
    expect(() => parsed(`xxx.${secret}`)).toThrow(/does not begin with “hvr.”/);
    expect(() => parsed('hvr.abc')).toThrow(/26 or 28/);
    expect(() => parsed(`hvr.${secret.slice(1)}!`)).toThrow(/characters that no token has/);
  });
});
