import { useEffect, useState } from 'react';
import type { PageList, PageOverview } from '../../shared/archive/page';
import { listAddress, replaceAddress } from './address';
import { AttentionList } from './attention-list';
import { CeremonyTable } from './ceremony-table';
import { Filters } from './filters';
import { Found } from './found';
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
      <Found
        key={asked}
        path={`api/ceremonies?${asked}`}
        rowsOf={(part: PageList) => part.ceremonies}
        none="No ceremony is so"
      >
        {(ceremonies) => <CeremonyTable ceremonies={ceremonies} />}
      </Found>
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
