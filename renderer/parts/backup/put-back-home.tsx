import { useState } from 'react';
import { Button } from '../button';
import { Card } from '../card';
import { Sheet } from '../sheet';
import { PutBack } from './put-back';

/** Where nobody is yet: the way back for whoever had a home already, with its sheet. */
export function PutBackHome() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Card title="You have a backup?">
      <p className="quiet">
        Make no new identity then: put your home back, and go on as the person you were.
      </p>
      <div className="row row-tight">
        <Button kind="quiet" small onPress={() => setOpen(true)}>
          Put back a home…
        </Button>
      </div>
      {open ? (
        <Sheet title="Put back a home from its backup" onClose={close}>
          <PutBack />
          <div className="row">
            <Button kind="quiet" onPress={close}>
              Close
            </Button>
          </div>
        </Sheet>
      ) : null}
    </Card>
  );
}
