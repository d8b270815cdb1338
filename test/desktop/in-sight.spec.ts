import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';
import { expect, test } from './launch';
import { Looks } from './looks';
import { Person } from './person';
import { playAtWindows } from './rounds';

let server: RehearsalServer;
test.beforeAll(async () => {
  server = await startRehearsalServer({ listen: '127.0.0.1:0', shares: 3, threshold: 2, tokenFormat: 'hvs' });
});
test.afterAll(() => server.close());

test('every screen of a ceremony has what can be done in sight in every size, and is accessible in every theme', async ({
  start,
}) => {
  test.setTimeout(12 * 60_000);
  const looks = new Looks();
  const at = async (name: string, program: 'offline' | 'online'): Promise<Person> => {
    const running = await start({ program, env: { VAULT_ADDR: server.address } });
    const person = new Person(name, running.page);
    person.onScreen = looks.follow(running);
    return person;
  };
  const cast = {
    officer: await at('Olga', 'offline'),
    ada: await at('Ada', 'offline'),
    ben: await at('Ben', 'offline'),
    otto: await at('Otto', 'online'),
    oda: await at('Oda', 'online'),
  };
  await playAtWindows(cast, { method: 'pgp', server });
  // A transcript is signed by another person, too.
  const { ada, otto } = cast;
  const checkpoint = await otto.shownMessage();
  await ada.press('Home');
  await ada.paste(checkpoint);
  await ada.sees('Sign the transcript of Otto?');
  await ada.press('The words match: sign');
  await ada.sees(/^Carry your signature/);
  expect(looks.wrong).toEqual([]);
  expect(looks.seen.size).toBeGreaterThan(15);
});
