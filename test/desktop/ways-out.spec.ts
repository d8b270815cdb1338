import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from './launch';
import { NOTHING, OUTSIDE, OUTSIDE_V6 } from './outside/outside';
import { openSink, type Sink } from './sink';

/** Where to: a host and a port for each. */
interface Destination {
  readonly tcp: string;
  readonly udp: string;
}

/** Everything by which a page could reach a machine; each as code that runs in the window. */
const waysOut: Readonly<Record<string, (at: Destination) => unknown>> = {
  fetch: ({ tcp }) => fetch(`http://${tcp}/`, { mode: 'no-cors' }).catch(() => null),
  XMLHttpRequest: ({ tcp }) => {
    const request = new XMLHttpRequest();
    request.open('GET', `http://${tcp}/`);
    request.onerror = () => undefined;
    request.send();
  },
  'a WebSocket': ({ tcp }) => void new WebSocket(`ws://${tcp}/`),
  'an EventSource': ({ tcp }) => void new EventSource(`http://${tcp}/`),
  'a beacon': ({ tcp }) => navigator.sendBeacon(`http://${tcp}/`, 'x'),
  'a picture': ({ tcp }) => {
    new Image().src = `http://${tcp}/x.png`;
  },
  'elements of a page': ({ tcp }) => {
    const address = `http://${tcp}/`;
    const elements: [string, Record<string, string>][] = [
      ['script', { src: address }],
      ['link', { rel: 'stylesheet', href: address }],
      ['link', { rel: 'preconnect', href: address }],
      ['link', { rel: 'prefetch', href: address }],
      ['link', { rel: 'dns-prefetch', href: 'http://airlock-leak.example/' }],
      ['iframe', { src: address }],
      ['object', { data: address }],
      ['embed', { src: address }],
      ['video', { src: address, autoplay: '' }],
      ['audio', { src: address, autoplay: '' }],
    ];
    for (const [name, attributes] of elements) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
    }
  },
  'a form': ({ tcp }) => {
    const form = document.createElement('form');
    form.action = `http://${tcp}/`;
    document.body.append(form);
    form.submit();
  },
  'a ping': ({ tcp }) => {
    const link = document.createElement('a');
    link.href = '#';
    link.ping = `http://${tcp}/`;
    document.body.append(link);
    link.click();
  },
  'a new window': ({ tcp }) => void window.open(`http://${tcp}/`),
  'another page': ({ tcp }) => {
    location.href = `http://${tcp}/`;
  },
  'a worker': ({ tcp }) => {
    const code = `fetch('http://${tcp}/', {mode: 'no-cors'}).catch(() => null)`;
    try {
      new Worker(URL.createObjectURL(new Blob([code])));
    } catch {
      // The policy may refuse the worker itself.
    }
  },
  'a module': ({ tcp }) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.textContent = `import 'http://${tcp}/x.js'`;
    document.body.append(script);
  },
  'WebRTC, by STUN and TURN': async ({ tcp, udp }) => {
    const peer = new RTCPeerConnection({
      iceServers: [
        { urls: `stun:${udp}` },
        {
          urls: [`turn:${udp}`, `turn:${tcp}?transport=tcp`],
          username: 'u',
          credential: 'c',
        },
      ],
    });
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
  },
  WebTransport: ({ udp }) => {
    try {
      new WebTransport(`https://${udp}/`).ready.catch(() => null);
    } catch {
      // Not every Chromium has it.
    }
  },
};

/** A way out may lead nowhere at once, or only after a while: this long is waited for a contact. */
const PATIENCE_MS = 1500;

let sink: Sink;
test.beforeEach(async () => {
  sink = await openSink();
});
test.afterEach(() => sink.close());

test('the place that counts contacts does count them', async () => {
  const socket = connect(sink.tcp, '127.0.0.1').resume();
  await once(socket, 'close');
  const datagram = createSocket('udp4');
  datagram.send('x', sink.udp, '127.0.0.1');
  await expect.poll(() => [...sink.contacts].sort()).toEqual(['tcp', 'udp']);
  datagram.close();
});

test('what counts packets and names outside does count them, whoever sends', async ({ outside }) => {
  test.skip(outside === null, 'packets are counted only where `npm test` may make a network of its own');
  expect(outside?.look()).toEqual(NOTHING);
  // By the system's own resolver, then straight to an address, in a process that is none of the app's.
  const send = (...addresses: string[]): string => `
    const { createSocket } = require('node:dgram');
    for (const address of ${JSON.stringify(addresses)}) {
      const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
      socket.send('x', 9, address, () => socket.close());
    }`;
  const run = (code: string) => {
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit'] });
    return once(child, 'close');
  };
  await run(send('airlock-leak.example'));
  const named = outside?.look();
  expect(named?.packets).toBe(1);
  expect(new Set(named?.names)).toEqual(new Set(['airlock-leak.example']));
  // A system may have no IPv6 at all.
  const hasV6 = readFileSync('/proc/self/net/if_inet6', 'utf8').includes('outside');
  await run(send(OUTSIDE, ...(hasV6 ? [OUTSIDE_V6] : [])));
  expect(outside?.look()).toEqual({ packets: hasV6 ? 2 : 1, names: [] });
});

test('WebRTC listens to no group of the network, and so joins none', async ({ start }) => {
  test.skip(process.platform !== 'linux', 'only Linux tells which sockets there are');
  const { page, app } = await start();
  // 224.0.0.251 and ff02::fb, where names are announced: who waits there is heard of on the network.
  const waiting = (): string[] =>
    ['udp', 'udp6'].flatMap((table) =>
      readFileSync(`/proc/${app.process().pid}/net/${table}`, 'utf8')
        .split('\n')
        .filter((line) => /: (?:FB0000E0|000002FF0{16}FB000000):14E9 /.test(line)),
    );
  const before = waiting().length;
  await page.evaluate(async () => {
    const peer = new RTCPeerConnection();
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
  });
  await page.waitForTimeout(PATIENCE_MS);
  expect(waiting()).toHaveLength(before);
});

for (const bypassCSP of [false, true]) {
  test(`nothing in a window gets out${bypassCSP ? ', even without the content security policy' : ''}`, async ({
    start,
  }) => {
    const { page, app } = await start({ bypassCSP });
    const destinations: Destination[] = [
      { tcp: `127.0.0.1:${sink.tcp}`, udp: `127.0.0.1:${sink.udp}` },
      // Where the tests' network leads outside, these are counted: each test ends with a look (launch.ts).
      ...[OUTSIDE, `[${OUTSIDE_V6}]`, 'airlock-leak.example'].map((host) => ({
        tcp: `${host}:80`,
        udp: `${host}:3478`,
      })),
    ];
    for (const [name, way] of Object.entries(waysOut)) {
      await test.step(name, async () => {
        for (const to of destinations) await page.evaluate(way, to).catch(() => undefined);
      });
    }
    await page.waitForTimeout(PATIENCE_MS);
    expect(sink.contacts).toEqual([]);
    expect(page.url().replace(/[?#].*/, '')).toBe('airlock://app/index.html');
    expect(app.windows()).toHaveLength(1);
  });
}
