import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { yamlText } from '../../../main/cli/parts/yaml';
import { airlock } from './fake-terminal';

const otp = ['offline', 'otp', '--length', '9'];
const shape = { otpLength: 9, otp: expect.stringMatching(/^[0-9A-Za-z]{9}$/) };

test.each([['--json'], ['-json'], ['--format=json'], ['--format json'], ['-format=json'], ['-format json']])(
  '%s prints JSON',
  async (flag) => {
    expect((await airlock([...otp, ...flag.split(' ')])).json).toEqual(shape);
  },
);

test.each([['--format=yaml'], ['-format yaml']])('%s prints YAML', async (flag) => {
  const { out } = await airlock([...otp, ...flag.split(' ')]);
  expect(out).toMatch(/^---\notpLength: 9\n/);
  expect(parse(out)).toEqual(shape);
});

test.each(['VAULT_FORMAT', 'BAO_FORMAT'])(
  '%s chooses the format, and an option goes before it',
  async (name) => {
    expect((await airlock(otp, { env: { [name]: 'json' } })).json).toEqual(shape);
    expect((await airlock([...otp, '-format=table'], { env: { [name]: 'json' } })).out).toMatch(/^\w{9}\n$/);
    const { code, err } = await airlock(otp, { env: { [name]: 'pretty' } });
    expect([code, err]).toEqual([2, `${name} takes table, json, yaml, and not “pretty”.\n`]);
  },
);

test.each([
  [['--format', 'xml'], '--format takes table, json, yaml, and not “xml”.\n'],
  [['--json', '--format', 'yaml'], '--json and --format yaml are two formats. Give one of them.\n'],
])('%j is refused', async (flags, sentence) => {
  const { code, err } = await airlock([...otp, ...flags]);
  expect([code, err]).toEqual([2, sentence]);
});

test('two variables that name different formats are refused', async () => {
  const { code, err } = await airlock(otp, { env: { VAULT_FORMAT: 'json', BAO_FORMAT: 'yaml' } });
  expect([code, err]).toEqual([
    2,
    'VAULT_FORMAT and BAO_FORMAT are both set and differ. Unset one of them.\n',
  ]);
});

test('a failure is printed in the format that was asked for', async () => {
  const absent = ['offline', 'share', '/absent'];
  const error = { error: { code: 'unreadable-file', message: expect.stringContaining('/absent') } };
  expect(parse((await airlock([...absent, '-format=yaml'])).out)).toEqual(error);
  expect((await airlock([...absent, '-format', 'json'])).json).toEqual(error);
  expect((await airlock(absent, { env: { BAO_FORMAT: 'json' } })).json).toEqual(error);
  expect((await airlock(absent)).out).toBe('');
});

test('a value that looks like an option is left as it is, and so is what stands behind “--”', async () => {
  const { err } = await airlock(['offline', 'decode', '--encoded-token', '-json', '--otp-file', '/absent']);
  expect(err).toContain('/absent');
  expect((await airlock(['offline', 'share', '--', '-json'])).err).toContain('The file -json ');
});

test('any value comes back from YAML as it was, for readers of 1.1, too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('no', '0123', '1:20', '~', '')), { minLength: 1 }),
      (texts) => {
        const text = yamlText({ texts });
        for (const version of ['1.1', '1.2'] as const) {
          const [document] = parseAllDocuments(text, { version });
          expect(document?.toJS()).toEqual({ texts });
        }
      },
    ),
  );
});

test.each(['--server', '--address', '-address', '-address='])('%s names the server', async (name) => {
  const server = 'https://127.0.0.1:1';
  const words = name.endsWith('=') ? [`${name}${server}`] : [name, server];
  const { err } = await airlock([
    'online',
    'status',
    ...words,
    '-namespace=team',
    '--home',
    '/tmp/absent-home',
  ]);
  expect(err).toContain('127.0.0.1:1');
});

test('--server and --address that differ are refused', async () => {
  const both = ['--server', 'https://a', '--address', 'https://b', '--home', '/tmp/absent-home'];
  expect((await airlock(['online', 'status', ...both])).code).toBe(2);
});
