import type { Attempt } from '../attempt/attempt';
import type { NamespaceSeal } from './namespace-seal';

/** A part of the server with tokens of its own, and with a seal of its own or without one. */
export interface Namespace {
  /** Six characters, at the end of each of its tokens. */
  readonly id: string;
  readonly uuid: string;
  /** From the whole server on, with a slash at its end: `team/a/`. */
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** `null` where it is open whenever the server is, and no attempt can be made in it. */
  readonly own: { readonly seal: NamespaceSeal; readonly attempt: Attempt } | null;
}
