import { useState } from 'react';
import { Button } from '../button';
import { More } from '../more';
import { Sheet } from '../sheet';
import { BackUp } from './back-up';
import { Lost } from './lost';

/** “Back up this home…”, with its sheet. `savedAs`: where it was backed up to by now. */
export function BackUpHome({ savedAs }: { readonly savedAs: string | null }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      {savedAs === null ? null : (
        <p role="status">
          Backed up as {savedAs}: read back, and all of it checked. Keep it away from this machine.
        </p>
      )}
      <div className="row row-tight">
        <Button kind="quiet" small onPress={() => setOpen(true)}>
          Back up this home…
        </Button>
      </div>
      {open ? (
        <Sheet title="Back up this home" onClose={close}>
          <BackUp />
          <More title="If a passphrase or a machine is lost">
            <Lost />
          </More>
          <div className="row">
            <Button kind="quiet" onPress={close}>
              Close
            </Button>
          </div>
        </Sheet>
      ) : null}
    </>
  );
}
