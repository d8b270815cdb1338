import type { Advice } from '../../../shared/ceremony/preflight';
import { Card } from '../../parts/card';

/** What there is to know of the server before the start: what to weigh first, the rest below it. */
export function AdviceCard({ advice }: { readonly advice: readonly Advice[] }) {
  if (advice.length === 0) return null;
  const weighed = advice.filter(({ level }) => level !== 'good');
  const good = advice.filter(({ level }) => level === 'good');
  return (
    <Card title="Before the start">
      {weighed.length === 0 ? <p className="quiet">Nothing to weigh. It goes on record.</p> : null}
      <ul>
        {weighed.map(({ topic, text }) => (
          <li key={topic}>
            <b>{text}</b>
          </li>
        ))}
        {good.map(({ topic, text }) => (
          <li key={topic} className="quiet">
            {text}
          </li>
        ))}
      </ul>
    </Card>
  );
}
