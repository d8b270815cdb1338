import type { WebContents } from 'electron';

/**
 * WebRTC would send UDP past everything that looks at requests; without a proxy, this leaves it no way out.
 */
export function silenceWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
