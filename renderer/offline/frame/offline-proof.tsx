import type { AppState } from '../../../shared/ipc/offline/app-state';
import { useNow } from '../../parts/now';

/** A proof older than this proves nothing, milliseconds. */
const stale = 60_000;

/** Whether this laptop is offline, and when that was last checked. */
export function OfflineProof({ offline }: { readonly offline: AppState['offline'] }) {
  const now = useNow();
  const age = Math.max(0, now - Date.parse(offline.checkedAt));
  const holds = offline.ok && age < stale;
  const text = !offline.ok ? 'Not offline' : holds ? 'Offline' : 'Offline not proven';
  return (
    <span className={holds ? 'pill' : 'pill pill-alarm'} title={offline.detail}>
      <span className="pill-dot" aria-hidden="true" />
      <span>
        {text}
        <span className="pill-more"> · checked {ageText(age)} ago</span>
        <span className="unseen">. {offline.detail}</span>
      </span>
    </span>
  );
}

function ageText(age: number): string {
  const seconds = Math.floor(age / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
