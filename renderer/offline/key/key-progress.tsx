import { useState } from 'react';
import { Button } from '../../parts/button';
import { useNow } from '../../parts/now';
import { useCall } from '../call';

/** `name`: of the kind of key that is being made. How long that takes is chance; so far is known. */
export function KeyProgress({ name }: { readonly name: string }) {
  const [since] = useState(() => Date.now());
  const cancel = useCall('officer.make-key.cancel');
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000));
  return (
    <>
      <Button kind="quiet" busy={cancel.busy} onPress={() => void cancel.run({})}>
        Cancel
      </Button>
      <div className="key-progress">
        <progress aria-label={`Making the ${name} key`} />
        <span>Looking for primes, for {seconds} s so far. It takes a different time each time.</span>
      </div>
    </>
  );
}
