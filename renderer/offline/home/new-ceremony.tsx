import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** `aside`: there is something else to do first. */
export function NewCeremony({ aside = false }: { readonly aside?: boolean }) {
  const begin = useCall('officer.new');
  return (
    <>
      <div className="row">
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
      </div>
      <Problem text={begin.problem} />
    </>
  );
}
