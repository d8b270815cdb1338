import type { PageCeremony } from '../../shared/archive/page';
import { verdictText } from './words';

const LOOKS = { proven: 'mark-good', incomplete: 'mark-wait', broken: 'mark-alarm' } as const;

/** The verdict of a ceremony, and what else marks it, in words and colours. */
export function Marks({ ceremony }: { readonly ceremony: PageCeremony }) {
  const { verdict, rehearsal, held, tokens, revoked } = ceremony;
  return (
    <span className="marks">
      <span className={`mark-pill ${verdict === null ? 'mark-quiet' : LOOKS[verdict]}`}>
        {verdictText(ceremony)}
      </span>
      {revoked < tokens ? <span className="mark-pill mark-alarm">not proven revoked</span> : null}
      {rehearsal ? <span className="mark-pill mark-rehearsal">rehearsal</span> : null}
      {held ? <span className="mark-pill mark-quiet">on hold</span> : null}
    </span>
  );
}
