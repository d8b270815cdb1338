import { useState } from 'react';
import type { CommonCeremony } from '../../../shared/ipc/common-state';
import { Button } from '../button';
import { Card } from '../card';
import { timeOf } from '../names';

type Events = CommonCeremony['events'];

const recent = 4;

/** The ceremony's own journal, in words: its last lines, or all of them. */
export function SoFar({ events }: { readonly events: Events }) {
  const [all, setAll] = useState(false);
  if (events.length === 0) return null;
  const shown = all ? events : events.slice(-recent);
  const first = events.length - shown.length;
  return (
    <Card title="So far">
      <ul className="events">
        {shown.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows, so an event's place stays
          <li key={first + index} className={event.alarm ? 'bad' : ''}>
            <time dateTime={event.at}>{timeOf(event.at)}</time>
            <span>{event.text}</span>
          </li>
        ))}
      </ul>
      {events.length > recent ? (
        <div className="row row-tight">
          <Button kind="quiet" small onPress={() => setAll(!all)}>
            {all ? 'Only the last' : `All ${events.length} events`}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
