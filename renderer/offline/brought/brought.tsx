import { Secret } from '../../parts/secret';
import { useBrought } from '../reveal';

/**
 * What a task made for this person: as the server has answered it, for nobody else to read. `digest`: of the
 * outcome that brought it.
 */
export function Brought({ digest }: { readonly digest: string }) {
  const reveal = useBrought(digest);
  return <Secret name="Made for you by a task" marked reveal={reveal} letter="R" testId="brought" />;
}
