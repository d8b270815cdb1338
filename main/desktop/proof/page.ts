import type { WebContents } from 'electron';
import { z } from 'zod';

const stoppedOrThrough = z.enum(['stopped', 'through', 'untried']);
const pageTries = z.object({ fetch: stoppedOrThrough, webRtc: stoppedOrThrough });

/** What tries from within a page came to. */
export type PageTries = z.infer<typeof pageTries>;

/**
 * Runs in the page. A request that the policy stops is told of by an event; any other end of it means that
 * the policy let it through. WebRTC gathers addresses without asking anybody for them.
 */
const script = `(async () => {
  const within = (ms, task) => Promise.race([task, new Promise((done) => setTimeout(done, ms, 'untried'))]);
  const fetched = new Promise((done) => {
    addEventListener('securitypolicyviolation', () => done('stopped'), { once: true });
    fetch('http://127.0.0.1:1/').then(() => done('through'), () => setTimeout(done, 200, 'through'));
  });
  const gathered = new Promise((done) => {
    const peer = new RTCPeerConnection();
    const end = (result) => { peer.close(); done(result); };
    peer.onicecandidate = ({ candidate }) => end(candidate && candidate.candidate ? 'through' : 'stopped');
    peer.createDataChannel('x');
    peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => end('untried'));
  });
  return { fetch: await within(2000, fetched), webRtc: await within(2000, gathered) };
})()`;

/** A window that goes while it is asked never answers. */
const PATIENCE_MS = 5000;

/** Tries what a page could reach, in the window that is open. Null where it can't be asked now. */
export async function tryFromPage(window: WebContents): Promise<PageTries | null> {
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  try {
    return pageTries.parse(await Promise.race([window.executeJavaScript(script), late]));
  } catch {
    // The window was renewed meanwhile, say.
    return null;
  }
}
