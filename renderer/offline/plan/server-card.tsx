import { shareKindName } from '../../../shared/ceremony/share-kind';
import { serverName } from '../../../shared/ceremony/shown-names';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Words } from '../../parts/words';

/** The server's facts in the plan, and where they come from. */
export function ServerCard({
  server,
  onChange,
}: {
  readonly server: ServerView;
  readonly onChange: () => void;
}) {
  return (
    <Card title="The server">
      <Facts
        facts={[
          ['Name', serverName(server)],
          ['Address', <code key="address">{server.address}</code>],
          ['Version', server.version],
          [
            'Quorum',
            `${server.threshold} of ${server.shares} ${shareKindName(server.shareKind) || 'shares'}`,
          ],
          ['Makes', tokenKindWords(server.tokenKind ?? 'root').one],
          ['Said by', server.station ?? 'The operator, by voice. Nobody signed it.'],
          [
            'Read aloud',
            server.words === null ? null : (
              <Words key="words" words={server.words} of="Words of the station’s code" />
            ),
          ],
        ]}
      />
      <Button kind="quiet" small onPress={onChange}>
        Another server, or a new code of its station
      </Button>
    </Card>
  );
}
