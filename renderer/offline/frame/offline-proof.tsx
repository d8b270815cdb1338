import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import { later } from '../../parts/later';
import { useNow } from '../../parts/now';

const sheet = later(async () => (await import('./offline-sheet')).OfflineSheet);

/** A proof older than this proves nothing, milliseconds. */
const stale = 60_000;

/** Whether this laptop is offline, and when that was last checked. Pressed, it tells all that was checked. */
export function OfflineProof({ offline }: { readonly offline: AppState['offline'] }) {
  const now = useNow();
  const [open, setOpen] = useState(false);
  const age = Math.max(0, now - Date.parse(offline.checkedAt));
  const holds = offline.ok && age < stale;
  const text = !offline.ok ? 'Not offline' : holds ? 'Offline' : 'Offline not proven';
  return (
    <>
      <Button
        className={holds ? 'pill pill-button' : 'pill pill-button pill-alarm'}
        aria-haspopup="dialog"
        onPress={() => setOpen(true)}
      >
        <span className="pill-dot" aria-hidden="true" />
        <span>
          {text}
          <span className="pill-more"> · checked {ageText(age)} ago</span>
          <span className="unseen">. {offline.detail} Show what was checked</span>
        </span>
      </Button>
      {open ? <sheet.Screen offline={offline} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ageText(age: number): string {
  const seconds = Math.floor(age / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
