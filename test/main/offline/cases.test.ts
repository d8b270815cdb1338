import { describe, expect, test } from 'vitest';
import { openEntry } from '../../../main/offline/custodian/share-entry';
import { readQrImage } from '../../../main/qr/read-image';
import { Inbox } from '../../../main/station/intake/inbox';
import { takeFiles, takeTyped } from '../../../renderer/parts/code-in/intake';
import { toHex } from '../../../shared/bytes';
import { fileText } from '../../../shared/input/file-text';
import { channels } from '../../../shared/ipc/offline/channels';
import { keyPairOf } from '../../../shared/openpgp/key-pair';
import { caseBytes, codeCases, keyCases, pictureCases, shareCases, shareHex } from '../../cases/read';

/** What the window puts into a covered field for a file that a person chose. */
const fieldOf = (file: string): string => fileText(caseBytes(file)) ?? '';
const passphrase = Buffer.from(caseBytes('pgp-shares/pp.txt')).toString();

const outcome = async (open: () => Promise<{ readonly bytes: Uint8Array }>): Promise<string> => {
  try {
    return toHex((await open()).bytes);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a share as people have it, in the field of the window', () => {
  test.each(shareCases)('$file', async ({ file, refused }) => {
    const typed = fieldOf(file);
    const entry = { kind: 'text', text: new TextEncoder().encode(typed) } as const;
    expect(channels['custodian.share'].args.safeParse(entry).success).toBe(true);
    expect(await outcome(() => openEntry(entry, 3))).toBe(refused?.[0] ?? shareHex);
    // A field of one line loses the ends of lines that are pasted into it: still none, or the share.
    const pasted = typed.replace(/[\r\n]+/g, '');
    if (refused === null)
      expect(await outcome(() => openEntry({ kind: 'text', text: new TextEncoder().encode(pasted) }))).toBe(
        shareHex,
      );
    else
      expect(
        await outcome(() => openEntry({ kind: 'text', text: new TextEncoder().encode(pasted) })),
      ).toMatch(/^[a-z-]+$/);
  });
});

describe('a share that was encrypted to a PGP key, with that key, in the fields of the window', () => {
  test.each(keyCases)('$key opens $share, or is named', async ({ key, share, result }) => {
    const entry = {
      kind: 'pgp',
      text: fieldOf(`pgp-shares/${share}`),
      privateKey: fieldOf(`keys/${key}`),
      passphrase: new TextEncoder().encode(key.startsWith('pass.') ? passphrase : ''),
    } as const;
    expect(channels['custodian.share'].args.safeParse(entry).success).toBe(true);
    expect(await outcome(() => openEntry(entry))).toBe(result);
  });

  test('an officer’s own key is taken in each of these forms, too', async () => {
    for (const name of ['ed.sec.gpg', 'ed.bom.sec.asc', 'bigphoto.sec.asc', 'dsa.sec.asc'])
      await expect(keyPairOf(fieldOf(`keys/${name}`), '')).resolves.toHaveProperty('privateKey');
  });
});

/** The window's way in, down to what the main process makes of it. */
function station() {
  const inbox = new Inbox();
  const messages: Uint8Array[] = [];
  const take = (read: () => ReturnType<Inbox['text']>) => {
    try {
      const result = read();
      if (!('bytes' in result)) return result;
      messages.push(result.bytes);
      return { status: 'taken', text: 'A message.' } as const;
    } catch (error) {
      const { message, code } = error as { message: string; code: string };
      return { status: 'refused', message, secret: code === 'share-in-clear' } as const;
    }
  };
  return {
    messages,
    intake: {
      text: async (text: string) => take(() => inbox.text(text)),
      file: async (bytes: Uint8Array) => take(() => inbox.file(bytes)),
    },
  };
}

const fileOf = (name: string): File => new File([caseBytes(name)], name);
const readPicture = async (file: Blob): Promise<string[] | string> => {
  try {
    return await readQrImage(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the text of a code, as a file and pasted', () => {
  test.each(codeCases)('%s holds the message', async (name) => {
    const { messages, intake } = station();
    expect(await takeFiles([fileOf(`ur/${name}`)], intake, readPicture)).toMatchObject({ status: 'taken' });
    expect(await takeTyped(fieldOf(`ur/${name}`), intake)).toMatchObject({ status: 'taken' });
    expect(messages.map(({ length }) => length)).toEqual([669, 669]);
  });

  test('from a scanner for another keyboard blames the layout', async () => {
    const taken = await takeTyped(fieldOf('ur/azerty.ur'), station().intake);
    expect(taken).toMatchObject({ status: 'refused', message: expect.stringContaining('keyboard layout') });
  });
});

describe('a picture, chosen or dropped', () => {
  test('of a moving code gives all its parts', async () => {
    const { messages, intake } = station();
    const taken = await takeFiles([fileOf('qr/animated.gif')], intake, readPicture);
    expect([taken.status, messages.length]).toEqual(['taken', 1]);
  });

  test.each(pictureCases.filter(([, codes]) => codes === 1))(
    '%s is refused for what it is',
    async (file, _, holds) => {
      const taken = await takeFiles([fileOf(`qr/${file}`)], station().intake, readPicture);
      expect(taken).toMatchObject({ status: 'refused', secret: holds === shareHex.toUpperCase() });
    },
  );

  test('of a format that is not read is named, and what to save it as', async () => {
    const taken = await takeFiles([fileOf('qr/scan-g4.tiff')], station().intake, readPicture);
    expect(taken).toMatchObject({ message: expect.stringMatching(/TIFF.*PNG/) });
  });
});

describe('what is no key share in the clear', () => {
  test.each([
    'https://www.example.com/products/vault/some/lower-case/address',
    'WIFI:T:WPA;S:conference-room-4;P:summer2026guest;;',
    'mailto:somebody@example.org?subject=the-quick-brown-fox-jumps-over-the-lazy-dog',
    'otpauth://totp/example:alice@example.org?secret=jbswy3dpehpk3pxp&issuer=example',
    'the quick brown fox jumps over the lazy dog and then some more of it in lower case',
  ])('%s is not called one', async (text) => {
    expect(await takeTyped(text, station().intake)).toMatchObject({ status: 'refused', secret: false });
  });

  test('but a share is called one in every form, and a token is recognised', async () => {
    const { intake } = station();
    for (const { file } of shareCases)
      expect([file, await takeTyped(fieldOf(file), intake)]).toMatchObject([file, { secret: true }]);
    const token = await takeTyped('hvs.FP1E4p5wwDzn7hr6O9DsfbTm', intake);
    expect(token).toMatchObject({ status: 'refused', message: expect.stringMatching(/token.*revoked/) });
  });
});
