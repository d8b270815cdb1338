import { describe, expect } from 'vitest';
import { handlers } from '../../../main/offline/handlers';
import type { OfflineEye, OfflineView } from '../../../main/offline/network-desk';
import type { OfflineStation } from '../../../main/offline/offline-station';
import { about, noPaper, passphrase, refusal, stationOn, surroundings, test } from './fixtures';

/** A laptop's network, as a test has it. */
class Network implements OfflineEye {
  names: string[] = [];
  namespace: 'holds' | 'open' = 'holds';
  checks = 0;

  up(): readonly string[] {
    return this.names;
  }

  async check(): Promise<void> {
    this.checks += 1;
  }

  get latest(): OfflineView {
    const ok = this.names.length === 0;
    const layers = [
      { layer: 'code', state: 'holds', found: ['x'] },
      { layer: 'namespace', state: this.namespace, found: ['x'] },
      { layer: 'interfaces', state: ok ? 'holds' : 'open', found: ['x'] },
    ] as const;
    return {
      ...surroundings.offline,
      ok,
      up: [...this.names],
      layers: layers.map(({ found, ...rest }) => ({ ...rest, found: [...found] })),
    };
  }
}

const places = {
  saveFile: async () => null,
  chooseFile: async () => null,
  chooseFolder: async () => null,
  openedFile: async () => null,
};
const paper = { print: async () => 'cancelled' as const, pdf: async () => new Uint8Array() };
const callsOf = (station: OfflineStation) =>
  handlers(station, places, () => surroundings, paper, about, noPaper);

/** The lines of the open ceremony's journal that tell of the network. */
const told = (station: OfflineStation) =>
  station
    .officer()
    .file.journal.entries()
    .filter(({ event }) => event === 'offline-checked' || event === 'exception')
    .map(({ event, data }) => ({ event, ...data }));

describe('with a network at the laptop', () => {
  test('no secret is touched before the person goes on, on the record', async ({ plannedByHand }) => {
    const { folder, id } = await plannedByHand('pgp');
    const network = new Network();
    const station = stationOn(folder, undefined, network);
    await station.unlock(passphrase);
    await station.openCeremony(id);
    const calls = callsOf(station);
    network.names = ['eth0', 'wlan0'];
    const key = { algorithm: 'curve25519' } as const;
    const secret = new Uint8Array([1]);
    for (const call of [
      () => calls['officer.make-key'](key),
      () => calls['officer.make-otp']({}),
      () => calls['officer.import-key']({ privateKey: 'x', passphrase: secret } as never),
      () => calls['officer.decode']({ passphrase: secret } as never),
      () => calls['custodian.share']({ kind: 'text', text: secret } as never),
      () => calls['custody.enter']({ kind: 'text', text: secret, cluster: 'x' } as never),
    ]) {
      const { code, message } = await refusal(call());
      expect(code).toBe('network-up');
      expect(message).toContain('eth0, wlan0');
    }
    expect(station.officer().state.step).toBe('key');

    await calls['offline.go-on']({});
    expect(station.network.goesOn).toBe(true);
    expect(told(station).filter(({ event }) => event === 'exception')).toEqual([
      { event: 'exception', kind: 'network-up', text: expect.stringContaining('eth0, wlan0') },
    ]);
    await calls['officer.make-key'](key);
    expect(station.officer().state.step).toBe('start');
  });

  test('another interface, the same one again, and the next person are asked about anew', async ({
    plannedByHand,
  }) => {
    const { folder, id } = await plannedByHand('otp');
    const network = new Network();
    const station = stationOn(folder, undefined, network);
    await station.unlock(passphrase);
    await station.openCeremony(id);
    const calls = callsOf(station);
    const refuses = async () => (await refusal(calls['officer.make-otp']({}))).code === 'network-up';

    network.names = ['eth0'];
    await calls['offline.go-on']({});
    network.names = ['eth0', 'wlan0'];
    expect(station.network.goesOn).toBe(false);
    expect(await refuses()).toBe(true);

    await calls['offline.go-on']({});
    network.names = [];
    await station.noteOffline();
    network.names = ['eth0'];
    expect(await refuses()).toBe(true);

    await calls['offline.go-on']({});
    station.lock();
    await station.unlock(passphrase);
    expect(await refuses()).toBe(true);
  });
});

describe('the record of a ceremony', () => {
  test('says at each step what kept the app from a network, and when that changes, and no more', async ({
    plannedByHand,
  }) => {
    const { folder, id } = await plannedByHand('pgp');
    const network = new Network();
    const station = stationOn(folder, undefined, network);
    await station.unlock(passphrase);
    await station.noteOffline();
    expect(network.checks).toBe(0);
    await station.openCeremony(id);
    await station.noteOffline();
    await station.noteOffline();
    const layers = (interfaces: 'holds' | 'open', namespace: 'holds' | 'open' = 'holds') => [
      { layer: 'code', state: 'holds' },
      { layer: 'namespace', state: namespace },
      { layer: 'interfaces', state: interfaces },
    ];
    const line = (step: string, up: string[] = []) => ({
      event: 'offline-checked',
      step,
      up,
      layers: layers(up.length === 0 ? 'holds' : 'open'),
    });
    expect(told(station)).toEqual([line('key')]);
    expect(network.checks).toBe(1);

    // An interface that comes up in the middle, and goes.
    network.names = ['eth0'];
    await station.noteOffline();
    network.names = [];
    await station.noteOffline();
    await station.officer().key.makeKey('curve25519');
    await station.noteOffline();
    // Opened again, it is still known what was said last.
    station.lock();
    await station.unlock(passphrase);
    await station.noteOffline();
    expect(told(station)).toEqual([line('key'), line('key', ['eth0']), line('key'), line('start')]);

    network.namespace = 'open';
    await station.noteOffline();
    expect(told(station).at(-1)).toMatchObject({ step: 'start', layers: layers('holds', 'open') });

    // What is signed off stays as it is.
    station.officer().destroySecret();
    await station.noteOffline();
    await station.transcript.signOff();
    const lines = station.officer().file.journal.lines;
    network.names = ['eth0'];
    await station.noteOffline();
    expect(station.officer().file.journal.lines).toBe(lines);
  });

  test('has nothing of it where nobody looks at the network', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    await station.noteOffline();
    station.network.requireNone();
    station.network.goOn();
    expect(told(station)).toEqual([]);
  });
});
