import type { Session } from 'electron';
import { isOwnAddress } from './own-address';

/** Whether a window may load an address: the app's own files and pictures it has in memory. */
export function isAllowedRequest(url: string, packaged: boolean): boolean {
  if (isOwnAddress(url)) return true;
  if (url.startsWith('blob:') && isOwnAddress(url.slice('blob:'.length))) return true;
  if (url.startsWith('data:image/')) return true;
  return !packaged && url.startsWith('devtools://');
}

/**
 * Cancels every request that is not for the app itself. It does not see WebRTC or preconnect, which
 * web-rtc.ts and the resolver rule in switches.ts stop.
 */
export function denyRequests(session: Session, packaged: boolean): void {
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !isAllowedRequest(details.url, packaged) }),
  );
  // Should a TLS connection come about all the same, its certificate counts as untrusted (-2: refused).
  session.setCertificateVerifyProc((_request, callback) => callback(-2));
}
