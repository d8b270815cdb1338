import { useCallback } from 'react';
import type { OutgoingView } from '../../../shared/ipc/view/outgoing';
import { call } from '../bridge/bridge';
import { useCall } from '../bridge/call';
import { useSave } from '../bridge/save';
import { Button } from '../button';
import { CodeOut } from '../code-out/code-out';
import type { LoadParts } from '../code-out/moving-parts';
import { Done, Problem } from '../problem';

export interface ShowCodeProps {
  readonly outgoing: OutgoingView;
  /** See `CodeOutProps`. */
  readonly standing?: boolean;
}

/** A message on its way out of this laptop, as a code. */
export function ShowCode({ outgoing, standing = false }: ShowCodeProps) {
  const { id, title } = outgoing;
  const load: LoadParts = useCallback(
    async (from, count, density) => {
      const answer = await call('outgoing.parts', { id, from, count, density });
      return answer.ok ? answer.value : { problem: answer.error.message };
    },
    [id],
  );
  return <CodeOut id={id} title={title} load={load} standing={standing} />;
}

/** The same message as a file, where a person says. */
export function SaveMessage({ outgoing }: { readonly outgoing: OutgoingView }) {
  const save = useSave(useCall('outgoing.save'));
  return (
    <>
      <Button kind="quiet" busy={save.busy} onPress={() => save.run({ id: outgoing.id })}>
        Save as file
      </Button>
      <Done text={save.saved} />
      <Problem text={save.problem} />
    </>
  );
}
