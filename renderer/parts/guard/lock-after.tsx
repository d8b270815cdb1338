import { lockChoices } from '../../../shared/ipc/preference-choices';
import type { Preferences } from '../../../shared/ipc/preferences';
import { prefer, usePreferences } from '../preferences';
import { Select } from '../select';

type Minutes = Preferences['lockAfter'];

const nameOf = (minutes: Minutes): string => (minutes === null ? 'never' : `after ${minutes} minutes`);
const textOf = (minutes: Minutes): string => String(minutes);
const options = lockChoices.map((minutes) => ({ value: textOf(minutes), name: nameOf(minutes) }));

/** After how long without use this station locks itself. */
export function LockAfter() {
  const { lockAfter } = usePreferences();
  return (
    <>
      <div className="row row-tight">
        <span>This station locks itself</span>
        <Select
          label="This station locks itself"
          options={options}
          value={textOf(lockAfter)}
          onChange={(value) => {
            const chosen = lockChoices.find((minutes) => textOf(minutes) === value);
            if (chosen !== undefined) prefer({ lockAfter: chosen });
          }}
        />
      </div>
      <p className="quiet">
        Counted from the last key or move of the pointer. It stays open while a code of a ceremony is shown,
        while the camera is on, and while it works on something. Your own code at home doesn’t keep it open,
        but on the full screen.
      </p>
    </>
  );
}
