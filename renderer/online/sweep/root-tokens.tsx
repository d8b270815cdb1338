import { useState } from 'react';
import type { SweptTokenView } from '../../../shared/ipc/online/sweep';
import { Button } from '../../parts/button';
import { Tick } from '../../parts/choice';
import { Facts } from '../../parts/facts';

export interface RootTokensProps {
  readonly roots: readonly SweptTokenView[];
  /** Accessors of those that are to be revoked. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (accessor: string, on: boolean) => void;
}

/** How many are drawn at once. */
const SHOWN = 50;

/** The root tokens that were found: first those that nobody here accounts for. */
export function RootTokens({ roots, chosen, onChoose }: RootTokensProps) {
  const [shown, setShown] = useState(SHOWN);
  if (roots.length === 0) return <p>No root token lives on this server.</p>;
  const inOrder = [...roots].sort((a, b) => urgency(a) - urgency(b));
  return (
    <>
      {inOrder.slice(0, shown).map((root) => (
        <RootToken
          key={root.accessor}
          root={root}
          chosen={chosen.has(root.accessor)}
          onChoose={(on) => onChoose(root.accessor, on)}
        />
      ))}
      {roots.length > shown ? (
        <Button kind="quiet" onPress={() => setShown(shown + SHOWN)}>
          Show more: {roots.length - shown} are left
        </Button>
      ) : null}
    </>
  );
}

/** What was lost comes first, and what somebody holds last. */
function urgency({ own, account }: SweptTokenView): number {
  if (account?.by === 'lost') return 0;
  if (own) return 3;
  return account === null ? 1 : 2;
}

interface RootTokenProps {
  readonly root: SweptTokenView;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

function RootToken({ root, chosen, onChoose }: RootTokenProps) {
  const { accessor, createdAt, path, ttl, fate, proof } = root;
  return (
    <section className="card" aria-label={`Root token with accessor ${accessor}`}>
      <Facts
        facts={[
          ['Accessor', <code key="accessor">{accessor}</code>],
          ['Created', createdAt === null ? 'the server doesn’t say' : timeOf(createdAt)],
          ['Path', <code key="path">{path}</code>],
          ['Ends', ttl === 0 ? 'never by itself' : `in ${Math.ceil(ttl / 60)} minutes`],
          ['Accounted for', accountOf(root)],
          [
            'Revoked',
            fate === 'revoked' ? (
              <span key="proof" className="good">
                {proof}
              </span>
            ) : fate === 'gone' ? (
              'It is gone already: it ended, or somebody else revoked it.'
            ) : null,
          ],
        ]}
      />
      {fate === 'alive' ? (
        <Tick
          name={`Revoke ${accessor}`}
          hint={
            root.own
              ? 'This station asks the server with this very token: nothing can be asked with it then.'
              : 'Whoever uses it is cut off at once, with all tokens that it made.'
          }
          on={chosen}
          onChange={onChoose}
        />
      ) : null}
    </section>
  );
}

export const timeOf = (iso: string): string =>
  `${iso.slice(0, 19).replace('T', ' ')} UTC, by the server’s clock`;

function accountOf({ own, account }: SweptTokenView): string {
  const asker = own ? 'this station’s own server token' : '';
  if (account === null) return asker || 'by no transcript of this station';
  const where = account.words === null ? 'the journal of this station' : `“${account.words}”`;
  const clause = {
    accessor: `by its accessor, in ${where}`,
    answer: `made when the last answer of ${where} came`,
    lost: `made when the last answer of ${where} was lost: nobody holds it`,
  }[account.by];
  return asker === '' ? clause : `${asker}; ${clause}`;
}
