import { describe, expect, test } from 'vitest';
import { asciiBytes, fromHex, toBase64, toHex } from '../../../shared/bytes';
import { tokenIn } from '../../../shared/input/token-text';
import { encodedTokenIn, shareIn } from '../../../shared/input/value';
import { enteredShare } from '../../../shared/share/entered-share';
import { answersByKind } from '../../vectors/read';

const hex = 'a526bbd52429658fdee5b38d8c5eb64c579306e339bd3bd73d24d22711cb8881b5';
const otherHex = 'b526bbd52429658fdee5b38d8c5eb64c579306e339bd3bd73d24d22711cb8881b6';
const b64 = toBase64(fromHex(hex));
const otherB64 = toBase64(fromHex(otherHex));
const token = `hvs.${'a1B2'.repeat(6)}`;
const esc = '\u001b';
const wide = (text: string): string =>
  [...text].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('');
const bytePairs = (text: string): string => (text.match(/../g) ?? []).join(':');

describe('one share is found in', () => {
  test.each([
    ['a line in a terminal’s colours', `${esc}[32mUnseal Key 1:${esc}[0m ${esc}[1m${b64}${esc}[0m`],
    ['the prompt that hides it', `Unseal Key 1 (will be hidden): ${b64}`],
    ['a chat’s quotes', `\`${hex}\``],
    ['a fence of Markdown', `\`\`\`text\nUnseal Key 1: ${b64}\n\`\`\``],
    ['bold Markdown', `**Unseal Key 1:** \`${b64}\``],
    ['a row of a table', `| Unseal Key 1 | ${b64} |`],
    ['soft hyphens', `${hex.slice(0, 20)}\u00ad${hex.slice(20)}`],
    ['marks of a direction', `\u202b${hex}\u202c`],
    ['joiners', `${hex.slice(0, 30)}\u200d${hex.slice(30)}`],
    ['wide digits', wide(hex)],
    ['a line without an end, as a shell shows it', `${hex}%`],
    ['a here-document', `cat <<EOF\n${hex}\nEOF`],
    ['a command', `$ vault operator unseal ${hex}`],
    [
      'a command with a nonce',
      `vault operator generate-root -nonce=f67f4da3-4ae4-68fb-4716-91da6b609c3e ${b64}`,
    ],
    ['the body of a request', `{ "key": "${b64}", "reset": false }`],
    ['JSON in JSON', `"{\\"key\\":\\"${hex}\\"}"`],
    ['YAML', `unseal_keys_b64:\n- ${b64}\n`],
    ['a variable of a shell', `export UNSEAL_KEY_1='${b64}'`],
    ['a variable of PowerShell', `$env:KEY = "${hex}"`],
    ['a mail', `From: Bob\r\nSent: Monday\r\nSubject: key\r\n\r\n${hex}\r\n`],
    ['the answer to a mail', `On Tue, Ada wrote:\n> Unseal Key 2: ${b64}\n>\n> Ada`],
    ['pairs with colons', bytePairs(hex)],
    ['a page', `<code>${hex}</code>`],
    ['a line of a sheet', `1,${hex}`],
    ['an address', encodeURIComponent(b64)],
    ['a numbered list', `1) ${b64}`],
    ['a label of one’s own', `Ada's share, key 3/5: ${hex}`],
    ['spaces that break no line', `Unseal\u00a0Key\u00a01:\u00a0${b64}`],
  ])('%s', (_, text) => {
    expect(toHex(enteredShare(text).bytes)).toBe(hex);
  });
});

describe('nothing is taken where several lie', () => {
  test.each([
    [
      'in a terminal’s colours',
      `${esc}[1mUnseal Key 1:${esc}[0m ${b64}\n${esc}[1mUnseal Key 2:${esc}[0m ${otherB64}`,
    ],
    ['in a table', `| Unseal Key 1 | ${b64} |\n| Unseal Key 2 | ${otherB64} |`],
    ['in JSON in JSON', `"{\\"keys\\":[\\"${hex}\\",\\"${otherHex}\\"]}"`],
    ['with \\n for line ends', `Unseal Key 1: ${b64}\\nUnseal Key 2: ${otherB64}\\n`],
    ['in a sheet', `1;${hex}\n2;${otherHex}`],
    ['in addresses', `${encodeURIComponent(b64)}\n${encodeURIComponent(otherB64)}`],
    ['in pairs with colons', `${bytePairs(hex)}\n${bytePairs(otherHex)}`],
    ['on a page', `<li>${hex}</li><li>${otherHex}</li>`],
    ['in wide digits', `${wide(hex)}\n${wide(otherHex)}`],
    ['without line ends, in hex', `${hex}${otherHex}`],
    ['without line ends, in base64', `${b64}${otherB64}`],
    [
      'of OpenBao',
      `Unseal Key 1: ${b64}\nUnseal Key 2: ${otherB64}\n\nInitial Root Token: s.${'a1'.repeat(12)}`,
    ],
    ['with a token', `${hex}\n${token}`],
    ['with a variable that holds a token', `export VAULT_TOKEN=${token}\n${hex}`],
  ])('%s', (_, text) => {
    expect(() => shareIn(text)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/-in-clear$/) }),
    );
  });
});

describe('one encoded token is found in', () => {
  const encoded = answersByKind[0]?.encodedToken ?? '';
  test.each([
    [
      'the table of the command line',
      `Nonce            f67f4da3\nComplete         true\nEncoded Token    ${encoded}`,
    ],
    ['the same in colours', `${esc}[0mEncoded Token    ${encoded}${esc}[0m`],
    ['a line of JSON', `"encoded_token":"${encoded}",`],
    ['JSON in JSON', `{\\"encoded_token\\":\\"${encoded}\\"}`],
    [
      'JSON with escapes',
      `{"encoded_token":"${encoded.replace(/\+/g, '\\u002b').replace(/=/g, '\\u003d')}"}`,
    ],
    ['OpenBao’s JSON', `{"data":{"encoded_token":"${encoded}","nonce":"x"}}`],
    ['both of its names', `{"encoded_token":"${encoded}","encoded_root_token":"${encoded}"}`],
    ['a wrapped table', `Encoded Token    ${encoded.replace(/.{60}/g, '$&\n                 ')}`],
    ['the answer to a mail', encoded.replace(/.{70}/g, '$&\r\n').replace(/^/gm, '> ')],
    ['a line without an end', `${encoded}%`],
    ['a command', `ops@vault:~$ echo ${encoded}`],
    ['a variable', `export ENCODED_TOKEN="${encoded}"`],
    ['a row of a table', `| Encoded Token | ${encoded} |`],
    ['YAML on several lines', `encoded_token: >-\n  ${encoded.replace(/.{70}/g, '$&\n  ')}`],
    ['an address', encodeURIComponent(encoded)],
  ])('%s', (_, text) => {
    expect(encodedTokenIn(text)).toBe(encoded);
  });
});

describe('a token for a server', () => {
  test.each([token, `${token}\r\n`, `'${token}'`, `\`${token}\``, ` "${token}" `])('is: %j', (text) => {
    expect(tokenIn(asciiBytes(text), 'It')).toEqual(asciiBytes(token));
  });

  test.each([
    `export VAULT_TOKEN=${token}`,
    `VAULT_TOKEN=${token}`,
    `token    ${token}`,
    `{"token":"${token}"}`,
    `${token}%`,
    `${token}\n${token}`,
    `Bearer ${token}`,
    `X-Vault-Token: ${token}`,
    `${esc}[0m${token}${esc}[0m`,
    '=',
  ])('is not, and is sent to none: %j', (text) => {
    expect(() => tokenIn(asciiBytes(text), 'It')).toThrow(expect.objectContaining({ code: 'not-a-token' }));
  });
});
