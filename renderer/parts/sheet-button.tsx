import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Sheet } from './sheet';

interface SheetButtonProps {
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A small button, and the sheet that it opens. */
export function SheetButton({ label, title, children }: SheetButtonProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <div className="row row-tight">
        <Button kind="quiet" small onPress={() => setOpen(true)}>
          {label}
        </Button>
      </div>
      {open ? (
        <Sheet title={title} onClose={close}>
          {children}
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
