import { afterEach, describe, expect, test as plain } from 'vitest';
import { OperatorDesk } from '../../../main/operator/operator-desk';
import { openHome } from '../../../main/store/home';
import { newFolder } from '../online/stage';

const passphrase = 'correct horse battery';
const desks: OperatorDesk[] = [];
afterEach(() => {
  for (const desk of desks.splice(0)) desk.end();
});

/** A desk of an operator's own, at a server of the program's own. */
async function rehearsing(): Promise<OperatorDesk> {
  const desk = new OperatorDesk({
    home: openHome(newFolder()),
    clock: () => new Date(),
    program: 'airlock',
    version: '0',
    env: {},
  });
  desks.push(desk);
  await desk.person.create({ name: 'Otto', role: 'operator', station: '', passphrase });
  await desk.rehearse();
  return desk;
}

describe('an online station that was locked', () => {
  plain('comes back to its server and its introduction, and asks the server nothing meanwhile', async () => {
    const desk = await rehearsing();
    await desk.introduce(true);
    const before = desk.state('');
    desk.lock(10);
    expect(desk.connection.isOpen).toBe(false);
    expect(desk.state('').server.facts).toBeNull();
    await desk.unlock(passphrase);
    const after = desk.state('');
    expect(after.introduction?.id).toBe(before.introduction?.id);
    expect(after.server.facts?.address).toBe(before.server.facts?.address);
    expect(after.rehearsal?.shares).toEqual(before.rehearsal?.shares);
    await desk.ask();
    expect(desk.connection.problem).toBeNull();
  });

  plain('has forgotten the token that was typed, and comes back once it is typed again', async () => {
    const desk = await rehearsing();
    const address = desk.state('').server.facts?.address ?? '';
    const settings = {
      address,
      namespace: '',
      serverName: '',
      pin: '',
      caPem: null,
      clientCertPem: null,
      clientKeyPem: null,
    };
    const token = () => new TextEncoder().encode('hvs.abcdefghijklmnopqrstuvwx');
    await desk.connect(settings, token());
    await desk.introduce(true);
    const { introduction } = desk.state('');
    desk.lock(10);
    await desk.unlock(passphrase);
    expect(desk.connection.isOpen).toBe(false);
    expect(desk.state('').server.settings).toMatchObject({ address, token: false });
    await desk.connect(settings, token());
    expect(desk.state('').introduction?.id).toBe(introduction?.id);
  });
});
