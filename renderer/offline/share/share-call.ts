import type { Answer, Args } from '../../../shared/ipc/offline/channels';
import { useCall } from '../call';

export type ShareEntry = Args<'custodian.share'>;

/** Where an entered share goes: to the open ceremony, or to the custodian's own keeping. */
export interface ShareCall {
  readonly run: (entry: ShareEntry) => Promise<Answer<'custodian.share'>>;
  readonly busy: boolean;
  readonly problem: string | null;
}

export const useCeremonyShare = (): ShareCall => useCall('custodian.share');

/** `cluster`: how the person calls the server that the share is for. */
export function useOwnShare(cluster: string): ShareCall {
  const { run, busy, problem } = useCall('custody.enter');
  return { run: (entry) => run({ ...entry, cluster }), busy, problem };
}
