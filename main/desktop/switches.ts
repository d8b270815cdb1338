import type { CommandLine } from 'electron';

/** Chromium's own switches, set before it starts. Each closes something that no other rule sees. */
const switches: readonly (readonly [name: string, value?: string])[] = [
  // No name resolves, nor does an address connect; this also covers preconnect, which webRequest never sees.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // No proxy, and no search for one (WPAD asks the network by itself).
  ['no-proxy-server'],
  // WebRTC would hide addresses behind names that it announces: for that it listens on every interface, and
  // joins a group there, which the whole network hears of, whatever web-rtc.ts says.
  ['disable-features', 'WebRtcHideLocalIpsWithMdns'],
  // Chromium's own services.
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['no-pings'],
  // A crash dump holds memory, and memory may hold a secret.
  ['disable-breakpad'],
  ['disable-crash-reporter'],
];

/** Before the app is ready. */
export function setSwitches(commandLine: CommandLine): void {
  for (const [name, value] of switches) commandLine.appendSwitch(name, value);
}
