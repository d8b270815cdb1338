import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { NetworkUp } from '../frame/network-up';
import { MakeOtp } from './make-otp';
import { MakePgpKey } from './make-pgp-key';

/** The officer makes what hides the token on its way back. */
export function MakeKey({ ceremony }: { readonly ceremony: OfficerViewAt<'key'> }) {
  return (
    <>
      <NetworkUp />
      {ceremony.draft.method === 'otp' ? (
        <MakeOtp ceremony={ceremony} />
      ) : (
        <MakePgpKey version={ceremony.server.version} />
      )}
    </>
  );
}
