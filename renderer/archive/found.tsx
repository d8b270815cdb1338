import { type ReactNode, useState } from 'react';
import { Button } from '../parts/button';
import { Problem } from '../parts/problem';
import { useAnswer } from './answer';
import { counted } from './words';

/** A part of a list, as the archive answers it. */
interface Part {
  /** How many ceremonies there are in all. */
  readonly count: number;
  /** What `before` takes to get the next part; null where this is the last. */
  readonly next: number | null;
}

interface FoundProps<P extends Part, Row> {
  /** Where the archive is asked, with what is asked for: what has a `?` in it already. */
  readonly path: string;
  readonly rowsOf: (part: P) => readonly Row[];
  /** Said where nothing was found. */
  readonly none: string;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A list, and more of it for as long as there is more. Its `key` is what is asked for. */
export function Found<P extends Part, Row>({ path, rowsOf, none, children }: FoundProps<P, Row>) {
  const [parts, setParts] = useState<readonly Row[]>([]);
  const [before, setBefore] = useState<number | null>(null);
  const { value, problem, waiting } = useAnswer<P>(before === null ? path : `${path}&before=${before}`);
  if (problem !== null) return <Problem text={problem} />;
  if (value === null) return <p className="quiet">Looking …</p>;
  const shown = waiting ? parts : [...parts, ...rowsOf(value)];
  const more = (): void => {
    if (value.next === null) return;
    setParts(shown);
    setBefore(value.next);
  };
  return (
    <section aria-labelledby="found">
      <h2 id="found" aria-live="polite">
        {value.count === 0 ? none : counted(value.count, 'ceremony', 'ceremonies')}
      </h2>
      {shown.length === 0 ? null : children(shown)}
      {value.next === null ? null : (
        <div className="after archive-more">
          <Button kind="quiet" busy={waiting} onPress={more}>
            Show more
          </Button>{' '}
          <span className="quiet">{`${shown.length} of ${value.count.toLocaleString('en')} are shown`}</span>
        </div>
      )}
    </section>
  );
}
