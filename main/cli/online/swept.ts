import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import type { Account } from '../../online/sweep/accounted';
import type { StrayToken } from '../../online/sweep/lost-limited-token';
import type { SweepResult, SweptRootToken } from '../../online/sweep/station-sweep';
import { columns, counted, printable } from '../parts/table';

/** What a sweep found, for a person. */
export function sweptText(result: SweepResult): string {
  const { server, namespace, asked, gone, unreadable, roots, strays, damaged, ceremony } = result;
  const head = columns([
    ['Server', namespace === '' ? server.address : `${server.address}, namespace ${printable(namespace)}`],
    [
      'Looked at',
      `${counted(asked, 'token')}${gone === 0 ? '' : `; ${gone} of them had ended when it was their turn`}`,
    ],
    [
      'Unreadable',
      unreadable === 0 ? '' : `${unreadable}, by the server's own word: nothing is known of those`,
    ],
    ['Root tokens', roots.length],
    ['Lost', strays.length === 0 ? '' : `${counted(strays.length, 'limited token')} that nobody may hold`],
    ['On record', ceremony === null ? 'in the journal of this home' : `in ${wordsOf(ceremony)}`],
    [
      'Damaged here',
      damaged.length === 0
        ? ''
        : `${damaged.map((id) => (id === '' ? 'the journal of this home' : wordsOf(id))).join(', ')}: accounts for no token`,
    ],
  ]);
  return [head, ...strays.map(strayText), ...roots.map(rootText), `${lastWord(result)}\n`].join('\n');
}

const strayText = (stray: StrayToken): string =>
  columns([
    ['Limited token', stray.accessor],
    ['Named', printable(stray.displayName)],
    ['Created', stray.createdAt === null ? 'the server doesn’t say' : timeText(stray.createdAt)],
    ['Path', stray.path],
    ['Ends', stray.ttl === 0 ? 'never by itself' : `in ${stray.ttl} seconds`],
    [
      'May be',
      `what task ${stray.task} of ${wordsOf(stray.ceremony)} made; its answer was lost: nobody holds it`,
    ],
  ]);

const rootText = (root: SweptRootToken): string =>
  columns([
    ['Accessor', root.accessor],
    ['Created', root.createdAt === null ? 'the server doesn’t say' : timeText(root.createdAt)],
    ['Path', root.path],
    ['Ends', root.ttl === 0 ? 'never by itself' : `in ${root.ttl} seconds`],
    ['Accounted for', accountText(root)],
  ]);

/** As a clause: where a root token comes from, as far as this home knows. */
export function accountText({ own, account }: Pick<SweptRootToken, 'own' | 'account'>): string {
  const asker = own ? 'the server token that this was asked with' : '';
  if (account === null) return asker || 'by no transcript of this home';
  return [asker, accountClause(account)].filter((text) => text !== '').join('; ');
}

function accountClause({ ceremony, by }: Account): string {
  const where = ceremony === '' ? 'the journal of this home' : wordsOf(ceremony);
  switch (by) {
    case 'accessor':
      return `by its accessor, in ${where}`;
    case 'answer':
      return `made when the last answer of ${where} came`;
    case 'lost':
      return `made when the last answer of ${where} was lost: nobody holds it`;
  }
}

const wordsOf = (ceremony: string): string => `“${ceremonyWords(fromHex(ceremony))}”`;
const timeText = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function lastWord({ roots, strays, namespace }: SweepResult): string {
  const rest =
    namespace === ''
      ? 'A namespace has tokens of its own, which are not among these: sweep it with --namespace.'
      : 'These are the tokens of that namespace alone.';
  if (strays.length > 0)
    return `A limited token of that name and those minutes may also be somebody else’s: ask before you revoke. To revoke, with proof: airlock online sweep --revoke ACCESSOR. ${rest}`;
  if (roots.every(({ own }) => own))
    return `No root token is left but the one that asked, if it is one. ${rest}`;
  return `Whoever made a root token that nobody accounts for may be using it: ask before you revoke. To revoke, with proof: airlock online sweep --revoke ACCESSOR. ${rest}`;
}

/** What `--json` prints of it. */
export const sweptJson = ({ server, roots, strays, ...rest }: SweepResult) => ({
  server: server.address,
  cluster: server.clusterId,
  ...rest,
  strays: strays.map((stray) => ({ ...stray, createdAt: stray.createdAt?.toISOString() ?? null })),
  roots: roots.map(({ account, createdAt, ...root }) => ({
    ...root,
    createdAt: createdAt?.toISOString() ?? null,
    account:
      account === null
        ? null
        : {
            by: account.by,
            ceremony: account.ceremony === '' ? null : account.ceremony,
            words: account.ceremony === '' ? null : ceremonyWords(fromHex(account.ceremony)),
          },
  })),
});
