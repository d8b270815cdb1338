import type { WebContents } from 'electron';
import { z } from 'zod';

const stoppedOrThrough = z.enum(['stopped', 'through', 'untried']);

/**
 * Runs in the page. A request that the policy stops is told of by an event; any other end of it means that
 * the policy let it through.
 */
const script = `(async () => {
  const within = (ms, task) => Promise.race([task, new Promise((done) => setTimeout(done, ms, 'untried'))]);
  const fetched = new Promise((done) => {
    addEventListener('securitypolicyviolation', () => done('stopped'), { once: true });
    fetch('http://127.0.0.1:1/').then(() => done('through'), () => setTimeout(done, 200, 'through'));
  });
  return within(2000, fetched);
})()`;

/** A window that goes while it is asked never answers. */
const PATIENCE_MS = 5000;

/** Tries a request in the window that is open. 'untried' where it can't be asked now. */
export async function tryFromPage(window: WebContents): Promise<z.infer<typeof stoppedOrThrough>> {
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  try {
    return stoppedOrThrough.parse(await Promise.race([window.executeJavaScript(script), late]));
  } catch {
    // The window was renewed meanwhile, say.
    return 'untried';
  }
}
