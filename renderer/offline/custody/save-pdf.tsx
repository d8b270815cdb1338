import { Button } from '../../parts/button';
import { Sheet } from '../../parts/sheet';

interface SavePdfProps {
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** What a PDF of a share card is, before there is one. */
export function SavePdf({ onSave, onClose }: SavePdfProps) {
  return (
    <Sheet title="Save the share in clear?" onClose={onClose} urgent>
      <p>
        The PDF holds your share, readable to anyone who opens the file or copies the disk. Save it only to a
        medium that you lock away or destroy, such as a stick that goes straight to the printer. Deleting the
        file later does not undo this. The journal says that the share went out.
      </p>
      <div className="row">
        <Button kind="alarm" onPress={onSave}>
          Choose where
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Don’t save
        </Button>
      </div>
    </Sheet>
  );
}
