import type { CommonState } from '../../../shared/ipc/common-state';
import { BackUpHome } from '../backup/back-up-home';
import { RestoredFrom } from '../backup/restored-from';
import { Card } from '../card';
import { SaveMessage, ShowCode } from '../crossing/show-code';
import { Facts } from '../facts';
import { roleName } from '../names';
import { Words } from '../words';
import { StartOver } from './start-over';

type Identity = NonNullable<CommonState['identity']>;

/** Your identity, for the others to take in: code, six words, fingerprint. Nothing in it is secret. */
export function OwnIdentity({ identity }: { readonly identity: Identity }) {
  return (
    <>
      {identity.restoredFrom === null ? null : <RestoredFrom from={identity.restoredFrom} />}
      {identity.outgoing === null ? null : <ShowCode outgoing={identity.outgoing} standing />}
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
        <BackUpHome savedAs={identity.backedUpTo} />
        {identity.mayStartOver ? (
          <div className="row row-tight">
            <StartOver />
          </div>
        ) : null}
      </Card>
    </>
  );
}
