import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** `aside`: there is something else to do first. */
export function NewCeremony({ aside = false }: { readonly aside?: boolean }) {
  const begin = useCall('officer.new');
  const choice = (
    <>
      <Button
        kind={aside ? 'quiet' : 'primary'}
        busy={begin.busy}
        onPress={() => void begin.run({ rehearsal: false })}
      >
        New ceremony
      </Button>
      <Button kind="quiet" busy={begin.busy} onPress={() => void begin.run({ rehearsal: true })}>
        New rehearsal
      </Button>
      <Problem text={begin.problem} />
    </>
  );
  return aside ? <div className="row">{choice}</div> : <Foot>{choice}</Foot>;
}
