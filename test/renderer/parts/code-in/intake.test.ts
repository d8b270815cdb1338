import { describe, expect, test } from 'vitest';
import { type Intake, takeFiles, takeTyped } from '../../../../renderer/parts/code-in/intake';
import { channels } from '../../../../shared/ipc/offline/channels';
import { urText } from '../../../../shared/qr/ur';
import { maxMessageLength } from '../../../../shared/qr/ur-part';

const part = { status: 'part', have: 1, of: 2, seen: [true, false], fresh: true, switched: false } as const;

/** A main process that takes texts which begin with `whole`, keeps parts, and refuses all else. */
function station() {
  const heard: string[] = [];
  const carriers = new Set<string>();
  const intake: Intake = {
    text: async (text, carrier) => {
      heard.push(text);
      carriers.add(carrier);
      if (/^ur:airlock\/whole/i.test(text)) return { status: 'taken', text: 'An attempt.' };
      if (/^ur:airlock\/\d/i.test(text)) return part;
      return { status: 'refused', message: `Not ours: ${text}` };
    },
    file: async (bytes) => {
      heard.push(`${bytes.length} bytes`);
      return { status: 'taken', text: 'A file.' };
    },
  };
  return { heard, carriers, intake };
}

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const picture = (name: string) => new File([png], name, { type: '' });
const noPictures = async () => {
  throw new Error('no picture was given');
};

describe('what is pasted or typed', () => {
  test('may be the longest message that there is, wrapped and quoted', async () => {
    const ur = urText(Uint8Array.from({ length: maxMessageLength }, (_, at) => at % 251));
    for (const [width, mark] of [
      [76, '> '],
      [40, '> > '],
      [998, ''],
    ] as const) {
      const { heard, intake } = station();
      const lines = ur.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      await takeTyped(lines.map((line) => `${mark}${line}`).join('\r\n'), intake);
      expect(heard).toEqual([ur]);
    }
    expect(channels['code.receive'].args.safeParse({ text: ur, carrier: 'paste' }).success).toBe(true);
  });

  test('and is longer than any message is refused with what to do', async () => {
    const { heard, intake } = station();
    const taken = await takeTyped(`ur:airlock/${'ae'.repeat(100_000)}`, intake);
    expect(taken).toMatchObject({ status: 'refused', message: expect.stringContaining('far longer than') });
    expect(heard).toEqual([]);
  });

  test('is taken line by line until a message is whole', async () => {
    const { heard, carriers, intake } = station();
    const taken = await takeTyped('UR:AIRLOCK/1-2/A\n  ur:airlock/whole \nUR:AIRLOCK/2-2/B', intake);
    expect(taken).toEqual({ status: 'taken', text: 'An attempt.' });
    expect(heard).toEqual(['UR:AIRLOCK/1-2/A', 'ur:airlock/whole']);
    expect([...carriers]).toEqual(['paste']);
  });

  test('is told apart even where a field has lost the line ends', async () => {
    const { heard, intake } = station();
    await takeTyped('UR:AIRLOCK/1-2/AUR:AIRLOCK/2-2/B', intake);
    expect(heard).toEqual(['UR:AIRLOCK/1-2/A', 'UR:AIRLOCK/2-2/B']);
  });

  test('goes on as it is where no code is in it: the groups of a share card make a secret only together', async () => {
    const { heard, intake } = station();
    await takeTyped('AAAA BBBB\nCCCC DDDD', intake);
    expect(heard).toEqual(['AAAA BBBB\nCCCC DDDD']);
  });

  test('says what was refused, and still takes the other parts', async () => {
    const { heard, intake } = station();
    const taken = await takeTyped('https://example.com UR:AIRLOCK/2-2/B', intake);
    expect(taken).toEqual({ status: 'refused', message: 'Not ours: https://example.com' });
    expect(heard).toHaveLength(2);
  });
});

describe('files', () => {
  test('are read as pictures by what is in them, whatever their name or type says', async () => {
    const { heard, carriers, intake } = station();
    const taken = await takeFiles([picture('photo.txt')], intake, async () => ['UR:AIRLOCK/WHOLE']);
    expect(taken.status).toBe('taken');
    expect(heard).toEqual(['UR:AIRLOCK/WHOLE']);
    expect([...carriers]).toEqual(['qr']);
  });

  test('that are no pictures go to the parser as they are', async () => {
    const { heard, intake } = station();
    await takeFiles([new File([new Uint8Array(700)], 'start.png')], intake, noPictures);
    expect(heard).toEqual(['700 bytes']);
  });

  test('of several parts may come in any order, also with a picture that shows no code', async () => {
    const { intake } = station();
    const texts = [['UR:AIRLOCK/2-2/B'], [], ['UR:AIRLOCK/WHOLE']];
    const taken = await takeFiles(
      texts.map((_, index) => picture(`${index}.png`)),
      intake,
      async () => texts.shift() ?? [],
    );
    expect(taken.status).toBe('taken');
  });

  test('without a code, or that cannot be opened, are refused with what to do', async () => {
    const { intake } = station();
    const empty = await takeFiles([picture('a.png')], intake, async () => []);
    const torn = await takeFiles([picture('b.png')], intake, async () => null);
    expect(empty).toMatchObject({ status: 'refused', message: expect.stringContaining('No QR code') });
    expect(torn).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('could not be opened'),
    });
  });

  test('far too large to be a message are not even read', async () => {
    const { heard, intake } = station();
    const taken = await takeFiles([new File([new Uint8Array(1_000_001)], 'disk.iso')], intake, noPictures);
    expect(taken).toMatchObject({ status: 'refused', message: expect.stringContaining('too large') });
    expect(heard).toEqual([]);
  });
});
