import { useEffect, useRef } from 'react';
import type { PageOverview } from '../../shared/archive/page';
import { Problem } from '../parts/problem';
import { useView } from './address';
import { useAnswer } from './answer';
import { CeremonyView } from './ceremony-view';
import { CountsView } from './counts-view';
import { ListView } from './list-view';
import { TokensView } from './tokens-view';

const TITLES = { list: 'Ceremonies', tokens: 'Root tokens', counts: 'Counts', ceremony: 'Ceremony' } as const;

/** The archive's page: a list with what needs attention, one ceremony, root tokens, and what is counted. */
export function App() {
  const view = useView();
  const overview = useAnswer<PageOverview>('api/overview');
  const main = useRef<HTMLElement>(null);
  const shown = view.at === 'ceremony' ? view.id : view.at;
  const before = useRef(shown);
  useEffect(() => {
    document.title = `${TITLES[view.at]}, Airlock archive`;
    // Another view begins at its heading, also for whoever hears the page.
    if (before.current !== shown) {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    before.current = shown;
  }, [view.at, shown]);
  return (
    <div className="archive">
      <header className="bar archive-bar">
        <span className="mark">Airlock archive</span>
        <nav aria-label="Views">
          <a href="#/" {...here(view.at === 'list')}>
            Ceremonies
          </a>
          <a href="#/tokens" {...here(view.at === 'tokens')}>
            Root tokens
          </a>
          <a href="#/counts" {...here(view.at === 'counts')}>
            Counts
          </a>
        </nav>
        <span className="archive-place">Read only · {overview.value?.place ?? ''}</span>
      </header>
      <main className="archive-main" id="main" tabIndex={-1} ref={main}>
        <Problem text={overview.problem} />
        {view.at === 'list' ? <ListView query={view.query} overview={overview.value} /> : null}
        {view.at === 'tokens' ? <TokensView query={view.query} /> : null}
        {view.at === 'counts' ? <CountsView year={view.year} overview={overview.value} /> : null}
        {view.at === 'ceremony' ? <CeremonyView key={view.id} id={view.id} /> : null}
      </main>
    </div>
  );
}

const here = (is: boolean) => (is ? { 'aria-current': 'page' as const } : {});
