import { useState } from 'react';
import { Choice } from '../../parts/choice';
import { CardShare } from './card-share';
import { PgpShare } from './pgp-share';
import { PlainShare } from './plain-share';
import type { ShareCall } from './share-call';

const kinds = [
  { value: 'text', name: 'Hex or base64', hint: 'As the server printed it when it was set up.' },
  { value: 'card', name: 'A share card', hint: 'Scanned, or typed group by group.' },
  { value: 'pgp', name: 'Encrypted to my PGP key', hint: 'It is decrypted here, with your private key.' },
] as const;

/** The ways a share can be entered. */
export function ShareForms({ enter }: { readonly enter: ShareCall }) {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('text');
  return (
    <>
      <Choice label="How you have it" options={kinds} value={kind} onChange={setKind} />
      {kind === 'text' ? (
        <PlainShare enter={enter} />
      ) : kind === 'card' ? (
        <CardShare enter={enter} />
      ) : (
        <PgpShare enter={enter} />
      )}
    </>
  );
}
