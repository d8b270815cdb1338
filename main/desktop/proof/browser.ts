import { app, type Session, type WebContents } from 'electron';
import type { Finding } from './finding';
import { tryFromPage } from './page';

/**
 * An address at which nothing answers. It is this machine's own: should every wall be gone, the try still
 * leaves no laptop.
 */
const NOWHERE = 'http://127.0.0.1:1/';

/** What one try came to: stopped, let through, or not to be tried now, or on this version of Electron. */
type Try = 'stopped' | 'through' | 'untried';

interface Tries {
  readonly proxy: Try;
  readonly name: Try;
  readonly request: Try;
  readonly fetch: Try;
  readonly webRtc: Try;
}

/** Tries Chromium's ways out, from the main process and from the window that is open. */
export async function tryBrowser(session: Session, window: WebContents | null): Promise<Finding> {
  const [proxy, name, request, page] = await Promise.all([
    tryProxy(session),
    tryName(session),
    tryRequest(session),
    window === null ? ('untried' as const) : tryFromPage(window),
  ]);
  return judgeTries(
    { proxy, name, request, fetch: page, webRtc: webRtcOf(window) },
    app.commandLine.hasSwitch('no-proxy-server'),
  );
}

/** What the tries say together. `switched`: Chromium still has the switches that it was started with. */
export function judgeTries(tries: Tries, switched: boolean): Finding {
  const all = Object.entries(words) as [keyof Tries, (typeof words)[keyof Tries]][];
  const failed = all.filter(([which]) => tries[which] === 'through').map(([, { through }]) => through);
  const held = all.filter(([which]) => tries[which] === 'stopped').map(([, { stopped }]) => stopped);
  const untried = all.filter(([which]) => tries[which] === 'untried').map(([, { what }]) => what);
  const switches = switched ? [] : ['Chromium has lost the switches that it was started with.'];
  return {
    state: failed.length + switches.length > 0 ? 'open' : held.length === 0 ? 'unknown' : 'holds',
    found: [
      ...switches,
      ...failed,
      ...held,
      ...(untried.length === 0 ? [] : [`Not tried just now: ${untried.join(', ')}.`]),
    ],
  };
}

const words = {
  proxy: {
    what: 'proxies',
    stopped: 'No proxy is in force, whatever the environment names.',
    through: 'A proxy is in force.',
  },
  name: {
    what: 'names',
    stopped: 'No name resolves: not even “localhost”, which needs no network.',
    through: 'A name was resolved.',
  },
  request: {
    what: 'a request of the main process',
    stopped: 'A request of the program’s session was cancelled before it went out.',
    through: 'A request of the program’s session was not cancelled.',
  },
  fetch: {
    what: 'a request of the page',
    stopped: 'A request of the page in this window was refused by its policy.',
    through: 'A request of the page in this window was not refused by its policy.',
  },
  webRtc: {
    what: 'WebRTC',
    stopped: 'WebRTC may not send but by a proxy, of which there is none.',
    through: 'WebRTC may send past everything that looks at requests.',
  },
} as const;

/** Not tried: WebRTC would look for addresses on every interface. */
function webRtcOf(window: WebContents | null): Try {
  if (window === null || window.isDestroyed()) return 'untried';
  return window.getWebRTCIPHandlingPolicy() === 'disable_non_proxied_udp' ? 'stopped' : 'through';
}

async function tryProxy(session: Session): Promise<Try> {
  const answer = await session.resolveProxy('https://airlock.invalid/').catch(() => null);
  if (answer === null) return 'untried';
  return answer === 'DIRECT' ? 'stopped' : 'through';
}

async function tryName(session: Session): Promise<Try> {
  if (typeof session.resolveHost !== 'function') return 'untried';
  return session.resolveHost('localhost').then(
    () => 'through',
    () => 'stopped',
  );
}

async function tryRequest(session: Session): Promise<Try> {
  if (typeof session.fetch !== 'function') return 'untried';
  return session.fetch(NOWHERE).then(
    () => 'through',
    (error: unknown) => (String(error).includes('ERR_BLOCKED_BY_CLIENT') ? 'stopped' : 'through'),
  );
}
