import type { CommonState } from '../../../shared/ipc/common-state';

type From = NonNullable<NonNullable<CommonState['identity']>['restoredFrom']>;

/** What holds from now on in a home that was put back. */
export function RestoredFrom({ from: { madeAt, hasOpen } }: { readonly from: From }) {
  return (
    <p role="status" className="note">
      Put back from the backup of {madeAt.slice(0, 16).replace('T', ' ')} UTC, and all of it checked. What
      happened after that is not here.
      {hasOpen
        ? ' Before an open ceremony goes on, ask the others how far it came: what was given or sent meanwhile is given or sent twice otherwise.'
        : ''}
    </p>
  );
}
