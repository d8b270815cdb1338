import { useEffect, useState } from 'react';
import type { PageCeremony, PageList, PageOverview } from '../../shared/archive/page';
import { Button } from '../parts/button';
import { Problem } from '../parts/problem';
import { listAddress, replaceAddress } from './address';
import { useAnswer } from './answer';
import { AttentionList } from './attention-list';
import { CeremonyTable } from './ceremony-table';
import { Filters } from './filters';
import { counted, dayText } from './words';

interface ListViewProps {
  readonly query: URLSearchParams;
  readonly overview: PageOverview | null;
}

/** How long typing rests before it is searched, milliseconds. */
const REST = 120;

/** What needs attention, then the ceremonies that are asked for, the newest first. */
export function ListView({ query, overview }: ListViewProps) {
  const asked = query.toString();
  return (
    <>
      <h1>Ceremonies</h1>
      <p className="lead archive-lead">{overview === null ? ' ' : leadOf(overview)}</p>
      {overview === null ? null : <AttentionList {...overview} />}
      <Search query={query} />
      <Filters query={query} />
      <Found key={asked} asked={asked} />
    </>
  );
}

function leadOf({ ceremonies, rehearsals, entries, head, first }: PageOverview): string {
  const kept = `${counted(ceremonies, 'ceremony', 'ceremonies')} and ${counted(rehearsals, 'rehearsal')} kept`;
  const since = first === '' ? '' : ` since ${dayText(first)}`;
  return head === ''
    ? `${kept}.`
    : `${kept}${since}. The log has ${counted(entries, 'entry', 'entries')}; its head is “${head}”.`;
}

function Search({ query }: Pick<ListViewProps, 'query'>) {
  const inAddress = query.get('words') ?? '';
  const [words, setWords] = useState(inAddress);
  // The address is changed from elsewhere, too: by Back, and by the button that shows all.
  useEffect(() => setWords(inAddress), [inAddress]);
  useEffect(() => {
    if (words === inAddress) return;
    const timer = setTimeout(() => replaceAddress(listAddress(query, { words })), REST);
    return () => clearTimeout(timer);
  }, [words, inAddress, query]);
  return (
    <div className="archive-search">
      <label className="field-label" htmlFor="search">
        Search journals, plans and notes
      </label>
      <input
        id="search"
        type="search"
        className="input"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}

/** A list, and more of it for as long as there is more. */
function Found({ asked }: { readonly asked: string }) {
  const [parts, setParts] = useState<readonly PageCeremony[]>([]);
  const [before, setBefore] = useState<number | null>(null);
  const path = `api/ceremonies?${asked}${before === null ? '' : `&before=${before}`}`;
  const { value, problem, waiting } = useAnswer<PageList>(path);
  if (problem !== null) return <Problem text={problem} />;
  if (value === null) return <p className="quiet">Looking …</p>;
  const shown = waiting ? parts : [...parts, ...value.ceremonies];
  const more = (): void => {
    if (value.next === null) return;
    setParts(shown);
    setBefore(value.next);
  };
  return (
    <section aria-labelledby="found">
      <h2 id="found" aria-live="polite">
        {value.count === 0 ? 'No ceremony is so' : counted(value.count, 'ceremony', 'ceremonies')}
      </h2>
      {shown.length === 0 ? null : <CeremonyTable ceremonies={shown} />}
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
