import { Button } from './button';
import { dayOf } from './names';

export interface CeremonyRowProps {
  readonly name: string;
  /** What to call it where it has no name of its own. */
  readonly words: string;
  readonly rehearsal: boolean;
  /** How it stands, in a few words. */
  readonly standing: string;
  /** ISO time. */
  readonly updatedAt: string;
  readonly busy: boolean;
  /** Null where it can't be opened. */
  readonly onOpen: { readonly label: string; readonly run: () => void } | null;
  /** Null where it stays. */
  readonly onRemove?: { readonly label: string; readonly run: () => void } | null;
}

/** One ceremony in a list of a station's. */
export function CeremonyRow({
  name,
  words,
  rehearsal,
  standing,
  updatedAt,
  busy,
  onOpen,
  onRemove = null,
}: CeremonyRowProps) {
  return (
    <li>
      <div>
        <span className="people-name">{name}</span>{' '}
        {rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
        <div className="quiet">
          {words} · {standing} · {dayOf(updatedAt)}
        </div>
      </div>
      {onRemove === null ? null : (
        <Button kind="quiet" small busy={busy} label={`Remove ${onRemove.label}`} onPress={onRemove.run}>
          Remove
        </Button>
      )}
      {onOpen === null ? null : (
        <Button kind="quiet" small busy={busy} label={`Open ${onOpen.label}`} onPress={onOpen.run}>
          Open
        </Button>
      )}
    </li>
  );
}
