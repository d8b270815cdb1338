import { More } from '../../parts/more';

/** For a key that stays on another machine, or on a smart card there. */
export function GpgCommand() {
  return (
    <More title="My key is on another machine">
      <p>Decrypt the share there, with no network either. For base64, as init prints it:</p>
      <pre className="plain">base64 -d share.b64 | gpg -d</pre>
      <p className="after">For hex, and for an armored message:</p>
      <pre className="plain">{'xxd -r -p share.hex | gpg -d\ngpg -d share.asc'}</pre>
      <p className="after">
        What comes out is your share as hex text, 66 characters for most servers. Don’t write it to a file:
        type it in here, under <b>Hex or base64</b>.
      </p>
    </More>
  );
}
