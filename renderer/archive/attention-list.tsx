import type { Attention } from '../../shared/archive/page';
import { ceremonyAddress } from './address';
import { CONCERNS, counted, dayText, titleOf } from './words';

/** How many of each are named before one has to unfold them. */
const SHOWN = 3;

/** What somebody has to look at, the most urgent first; rehearsals left out. */
export function AttentionList({
  attention,
  ceremonies,
}: {
  readonly attention: readonly Attention[];
  readonly ceremonies: number;
}) {
  if (ceremonies === 0) return null;
  if (attention.length === 0)
    return (
      <p className="archive-calm">
        Nothing needs attention: every ceremony is proven, and every root token is proven revoked.
      </p>
    );
  return (
    <section className="archive-attention" aria-labelledby="attention">
      <h2 id="attention">Needs attention</h2>
      {attention.map(({ concern, count, ceremonies: newest }) => (
        <details key={concern} open={count <= SHOWN || concern === 'not-revoked'}>
          <summary>
            <b>{CONCERNS[concern]}</b>: {counted(count, 'ceremony', 'ceremonies')}
          </summary>
          <ul>
            {newest.map((ceremony) => (
              <li key={ceremony.id}>
                <a href={ceremonyAddress(ceremony.id)}>
                  <bdi>{titleOf(ceremony)}</bdi>
                </a>
                {`, ${ceremony.words}, ${dayText(ceremony.from)}`}
              </li>
            ))}
          </ul>
          {count > newest.length ? <p className="quiet">{`These are the newest ${newest.length}.`}</p> : null}
        </details>
      ))}
    </section>
  );
}
