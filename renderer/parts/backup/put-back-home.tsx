import { Card } from '../card';
import { SheetButton } from '../sheet-button';
import { PutBack } from './put-back';

/** Where nobody is yet: the way back for whoever had a home already, with its sheet. */
export function PutBackHome() {
  return (
    <Card title="You have a backup?">
      <p className="quiet">
        Make no new identity then: put your home back, and go on as the person you were.
      </p>
      <SheetButton label="Put back a home…" title="Put back a home from its backup">
        <PutBack />
      </SheetButton>
    </Card>
  );
}
