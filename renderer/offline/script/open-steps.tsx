import type { ScriptView } from '../../../shared/ipc/offline/script';

/** Before the transcript is closed: what of the script is not on record yet. Nothing where all of it is. */
export const OpenSteps = ({ script }: { readonly script: ScriptView | null }) =>
  script === null || script.open === 0 ? null : (
    <p className="note" role="status">
      {script.open === 1 ? 'One step of the script is' : `${script.open} steps of the script are`} not on
      record. Open the script at the left, and record them before the transcript is closed: afterwards they
      can be written on paper only.
    </p>
  );
