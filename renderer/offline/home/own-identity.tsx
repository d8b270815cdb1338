import type { AppState } from '../../../shared/ipc/app-state';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Words } from '../../parts/words';
import { roleName } from '../names';
import { SaveMessage, ShowCode } from '../show-code';

type Identity = NonNullable<AppState['identity']>;

/** Your identity, for the others to take in: code, six words, fingerprint. Nothing in it is secret. */
export function OwnIdentity({ identity }: { readonly identity: Identity }) {
  return (
    <>
      {identity.outgoing === null ? null : <ShowCode outgoing={identity.outgoing} />}
      <Card title="Your identity">
        <Facts
          facts={[
            ['Name', identity.name],
            ['Role', roleName[identity.role]],
            ['Read aloud', <Words key="words" words={identity.words} of="Your six words" />],
            ['Key', <code key="key">{identity.fingerprint}</code>],
          ]}
        />
        {identity.outgoing === null ? null : <SaveMessage outgoing={identity.outgoing} />}
      </Card>
    </>
  );
}
