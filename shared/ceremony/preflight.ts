import { z } from 'zod';
import type { TokenKind } from '../token/token-kind';
import { type Product, SUPPORT_AS_OF, supportOf } from './server-support';

/** What is looked at before an attempt is begun. */
const adviceTopic = z.enum(['tls', 'audit', 'endpoints', 'attempt', 'clock', 'version', 'namespace', 'ha']);

/**
 * One thing that was looked at. `good`: as it should be; `advice`: better be changed, or known; `unknown`:
 * the server doesn't tell.
 */
export const adviceSchema = z.strictObject({
  topic: adviceTopic,
  level: z.enum(['good', 'advice', 'unknown']),
  text: z.string(),
});
export type Advice = z.infer<typeof adviceSchema>;

/** What a server told of itself before an attempt. */
export interface PreflightFacts {
  readonly tls: 'none' | 'verified' | 'pinned';
  /** Paths of its audit devices; or why they aren't known. */
  readonly audit: readonly string[] | 'no-token' | 'refused' | 'recovery-mode';
  readonly tokenKind: TokenKind;
  readonly tokenNeeded: boolean;
  readonly product: Product;
  readonly version: string;
  /** An attempt that is open, in words; null where none is. */
  readonly attempt: { readonly words: string; readonly progress: number; readonly required: number } | null;
  /** By how many seconds the server's clock is ahead of this station's; negative: behind. */
  readonly clockAhead: number;
  readonly namespace: string | undefined;
  readonly ha: 'off' | 'on' | 'standby' | 'unknown';
}

/** From here on a difference of clocks is worth a word, seconds. A PGP key from the future loses a token. */
const CLOCK_SECONDS = 60;

/** What to say of each thing, in the server's own terms, in the order in which people look at them. */
export const preflightAdvice = (facts: PreflightFacts): Advice[] => [
  tls(facts),
  audit(facts),
  endpoints(facts),
  attempt(facts),
  clock(facts),
  version(facts),
  namespace(facts),
  ha(facts),
];

/** Whether there is anything to weigh. */
export const isAllGood = (advice: readonly Advice[]): boolean =>
  advice.every(({ level }) => level === 'good');

function tls({ tls: how }: PreflightFacts): Advice {
  if (how === 'pinned') return good('tls', 'TLS, and the server shows the certificate that is pinned.');
  if (how === 'verified')
    return good('tls', 'TLS, with a certificate that a CA vouches for. A pin would accept that one only.');
  return advise(
    'tls',
    'No TLS: plain http, to this very machine. On any other way shares would be readable.',
  );
}

function audit({ audit: devices }: PreflightFacts): Advice {
  if (devices === 'no-token')
    return unknown('audit', 'Audit devices: not known, for sys/audit is told only to somebody with a token.');
  if (devices === 'refused')
    return unknown('audit', 'Audit devices: not known, for the server token may not read sys/audit.');
  if (devices === 'recovery-mode')
    return advise('audit', 'Recovery mode writes no audit log: what the token does is on record nowhere.');
  if (devices.length === 0)
    return advise(
      'audit',
      'No audit device is on: what the token does is on record nowhere. Have one enabled (audit enable) before it is made.',
    );
  return good('audit', `Audit devices are on: ${devices.join(', ')}.`);
}

function endpoints({ tokenKind, tokenNeeded, product, version: text }: PreflightFacts): Advice {
  if (tokenNeeded)
    return good('endpoints', 'The endpoints want a server token: not everybody can start or cancel.');
  if (tokenKind !== 'root' || product === 'vault') {
    const closed = /^v?[01]\./.test(text)
      ? 'This version has no way to close them: keep others off the network of the server meanwhile.'
      : 'Close them by leaving enable_unauthenticated_access out.';
    return advise(
      'endpoints',
      `The endpoints are open: whoever reaches the server sees the attempt, and can cancel it or start another. ${tokenKind === 'root' ? closed : 'They have to be, for this kind of token.'}`,
    );
  }
  return advise(
    'endpoints',
    'The endpoints are open: whoever reaches the server sees the attempt, and can cancel it or start another. OpenBao 2.6 and later need no open ones: take disable_unauthed_generate_root_endpoints = false out of the listener again.',
  );
}

function attempt({ attempt: open }: PreflightFacts): Advice {
  if (open === null) return good('attempt', 'No attempt is open.');
  return advise(
    'attempt',
    `An attempt is open: ${open.words}, ${open.progress} of ${open.required} shares. A server has one at a time: find out whose it is.`,
  );
}

function clock({ clockAhead }: PreflightFacts): Advice {
  const off = Math.abs(Math.round(clockAhead));
  if (off < CLOCK_SECONDS) return good('clock', 'Its clock and this station’s agree within a minute.');
  return advise(
    'clock',
    `Its clock is ${spanOf(off)} ${clockAhead > 0 ? 'ahead of' : 'behind'} this station’s. A PGP key that is made in the server’s future loses the token: set the clock that is wrong.`,
  );
}

const spanOf = (seconds: number): string =>
  seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;

function version({ product, version: text }: PreflightFacts): Advice {
  const name = `${product === 'vault' ? 'Vault' : 'OpenBao'} ${text}`;
  const support = supportOf(product, text);
  switch (support.kind) {
    case 'newest':
      return good('version', `${name}: a line that its makers mend, as known on ${SUPPORT_AS_OF}.`);
    case 'ended':
      return advise(
        'version',
        `${name}: its makers have not mended this line since ${support.by} at the latest; the newest known is ${support.newest} (as of ${SUPPORT_AS_OF}).`,
      );
    case 'own-terms':
      return unknown(
        'version',
        `${name}: how long this line is mended, its makers’ terms for enterprises say.`,
      );
    case 'unknown':
      return unknown('version', 'The server doesn’t tell its version.');
  }
}

const namespace = ({ namespace: path }: PreflightFacts): Advice =>
  path === undefined
    ? good('namespace', 'No namespace: the token is one of the whole server.')
    : good('namespace', `Namespace ${path}: the token is one of this namespace, made by its own shares.`);

function ha({ ha: how }: PreflightFacts): Advice {
  const lost = 'The open attempt is in its memory only';
  if (how === 'standby')
    return advise(
      'ha',
      `This is a standby, which passes requests on. ${lost} of the active one: better go there.`,
    );
  if (how === 'on')
    return good('ha', `HA is on, and this is the active server. ${lost}: a change of leader loses it.`);
  if (how === 'off') return good('ha', `HA is off. ${lost}: a restart loses it.`);
  return unknown('ha', `HA: the server doesn’t tell. ${lost}: a restart loses it.`);
}

const good = (topic: Advice['topic'], text: string): Advice => ({ topic, level: 'good', text });
const advise = (topic: Advice['topic'], text: string): Advice => ({ topic, level: 'advice', text });
const unknown = (topic: Advice['topic'], text: string): Advice => ({ topic, level: 'unknown', text });
