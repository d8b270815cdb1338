import type { LayerState } from '../../../shared/transcript/event';

/** What was found of one layer between this program and a network. */
export interface Finding {
  readonly state: LayerState;
  /** Sentences: what was looked at just now, and what came of it. */
  readonly found: readonly string[];
}
