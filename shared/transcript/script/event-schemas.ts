import { z } from 'zod';
import { events } from '../event';

/**
 * What each event records, as one JSON object by the event's name: JSON Schema for each, one event a line.
 * `is` names a form that JSON Schema has no word for ("hash", "fingerprint"); lengths of text are counted in
 * UTF-16 code units. Lines are shown as they lie in a journal, so that text is cut and cleaned already.
 */
export function eventSchemas(): string {
  const lines = Object.entries(events).map(([event, data]) => {
    const { $schema, ...schema } = z.toJSONSchema(data, { io: 'input' });
    return `  ${JSON.stringify(event)}: ${JSON.stringify(schema)}`;
  });
  return `{\n${lines.join(',\n')}\n}`;
}
