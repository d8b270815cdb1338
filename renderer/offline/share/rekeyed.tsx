import type { Answer } from '../../../shared/ipc/channels';
import { Tick } from '../../parts/choice';

/** Whether main refused the share because another was entered here before for the same server. */
export const isAnotherShare = (answer: Answer<'custodian.share'>): boolean =>
  !answer.ok && answer.error.code === 'share-differs';

/** Only asked where the share isn't the one entered here before. */
export function Rekeyed({
  on,
  onChange,
}: {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <Tick
      name="The server was rekeyed: this is my new share"
      hint="The transcript says so, and the new share is remembered from now on."
      on={on}
      onChange={onChange}
    />
  );
}
