import type { z } from 'zod';
import type { Body } from '../http/body';
import type { SecretParts } from '../http/reply';
import type { Namespace } from '../namespace/namespace';
import type { TokenEntry, TokenStore } from '../token/store';

export type Operation = 'read' | 'update' | 'delete' | 'list';

/** A call that a token may make. */
export interface LogicalCall {
  readonly store: TokenStore;
  readonly client: TokenEntry;
  /** Where it is made; `null` is the whole server. */
  readonly namespace: Namespace | null;
  readonly operation: Operation;
  readonly body: Body;
}

/** A path whose calls are made with a token, and answered in the envelope that all such paths share. */
export interface LogicalPath {
  readonly operations: readonly Operation[];
  /** The fields of an update; an unfit one is refused before `answer` is asked. */
  readonly schema: z.ZodObject;
  /** What the default policy allows on it; a root token may do everything. */
  readonly byDefault: readonly Operation[];
  /** What goes into the envelope; `null` is an answer without a body. Throws `Refusal`. */
  readonly answer: (call: LogicalCall) => SecretParts | null | Promise<SecretParts | null>;
}

/** Paths by their names, without `/v1/`. */
export type LogicalPaths = Readonly<Record<string, LogicalPath>>;
