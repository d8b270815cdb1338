import { More } from '../more';
import { SheetButton } from '../sheet-button';
import { BackUp } from './back-up';
import { Lost } from './lost';

/** “Back up this home…”, with its sheet. `savedAs`: where it was backed up to by now. */
export function BackUpHome({ savedAs }: { readonly savedAs: string | null }) {
  return (
    <>
      {savedAs === null ? null : (
        <p role="status">
          Backed up as {savedAs}: read back, and all of it checked. Keep it away from this machine.
        </p>
      )}
      <SheetButton label="Back up this home…" title="Back up this home">
        <BackUp />
        <More title="If a passphrase or a machine is lost">
          <Lost />
        </More>
      </SheetButton>
    </>
  );
}
