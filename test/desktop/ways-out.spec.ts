import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from './launch';
import { openSink, type Sink } from './sink';

/** Everything by which a page could reach a machine; each as code that runs in the window. */
const waysOut: Readonly<Record<string, (at: { tcp: number; udp: number }) => unknown>> = {
  fetch: ({ tcp }) => fetch(`http://127.0.0.1:${tcp}/`, { mode: 'no-cors' }).catch(() => null),
  XMLHttpRequest: ({ tcp }) => {
    const request = new XMLHttpRequest();
    request.open('GET', `http://127.0.0.1:${tcp}/`);
    request.onerror = () => undefined;
    request.send();
  },
  'a WebSocket': ({ tcp }) => void new WebSocket(`ws://127.0.0.1:${tcp}/`),
  'an EventSource': ({ tcp }) => void new EventSource(`http://127.0.0.1:${tcp}/`),
  'a beacon': ({ tcp }) => navigator.sendBeacon(`http://127.0.0.1:${tcp}/`, 'x'),
  'a picture': ({ tcp }) => {
    new Image().src = `http://127.0.0.1:${tcp}/x.png`;
  },
  'elements of a page': ({ tcp }) => {
    const address = `http://127.0.0.1:${tcp}/`;
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
    form.action = `http://127.0.0.1:${tcp}/`;
    document.body.append(form);
    form.submit();
  },
  'a ping': ({ tcp }) => {
    const link = document.createElement('a');
    link.href = '#';
    link.ping = `http://127.0.0.1:${tcp}/`;
    document.body.append(link);
    link.click();
  },
  'a new window': ({ tcp }) => void window.open(`http://127.0.0.1:${tcp}/`),
  'another page': ({ tcp }) => {
    location.href = `http://127.0.0.1:${tcp}/`;
  },
  'a worker': ({ tcp }) => {
    const code = `fetch('http://127.0.0.1:${tcp}/', {mode: 'no-cors'}).catch(() => null)`;
    try {
      new Worker(URL.createObjectURL(new Blob([code])));
    } catch {
      // The policy may refuse the worker itself.
    }
  },
  'a module': ({ tcp }) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.textContent = `import 'http://127.0.0.1:${tcp}/x.js'`;
    document.body.append(script);
  },
  'WebRTC, by STUN and TURN': async ({ tcp, udp }) => {
    const peer = new RTCPeerConnection({
      iceServers: [
        { urls: `stun:127.0.0.1:${udp}` },
        {
          urls: [`turn:127.0.0.1:${udp}`, `turn:127.0.0.1:${tcp}?transport=tcp`],
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
      new WebTransport(`https://127.0.0.1:${udp}/`).ready.catch(() => null);
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
    for (const [name, way] of Object.entries(waysOut)) {
      await test.step(name, async () => {
        await page.evaluate(way, { tcp: sink.tcp, udp: sink.udp }).catch(() => undefined);
      });
    }
    await page.waitForTimeout(PATIENCE_MS);
    expect(sink.contacts).toEqual([]);
    expect(page.url().replace(/[?#].*/, '')).toBe('airlock://app/index.html');
    expect(app.windows()).toHaveLength(1);
  });
}
