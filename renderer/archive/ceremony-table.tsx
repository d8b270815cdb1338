import type { PageCeremony } from '../../shared/archive/page';
import { ceremonyAddress } from './address';
import { Marks } from './marks';
import { dayText, titleOf, tokensText } from './words';

/** Ceremonies, one a row; on a narrow screen one a block. */
export function CeremonyTable({ ceremonies }: { readonly ceremonies: readonly PageCeremony[] }) {
  return (
    <table className="archive-table">
      <thead>
        <tr>
          <th scope="col">Ceremony</th>
          <th scope="col">When</th>
          <th scope="col">Server</th>
          <th scope="col">Root token</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {ceremonies.map((ceremony) => (
          <tr key={ceremony.id}>
            <th scope="row">
              <a href={ceremonyAddress(ceremony.id)}>
                <bdi>{titleOf(ceremony)}</bdi>
              </a>
              <span className="archive-under">
                {ceremony.words}
                {ceremony.ticket === '' ? null : (
                  <>
                    {' · '}
                    <bdi>{ceremony.ticket}</bdi>
                  </>
                )}
              </span>
            </th>
            <td data-name="When">{dayText(ceremony.from)}</td>
            <td data-name="Server">
              <bdi>{ceremony.server.replace(/^https?:\/\//, '')}</bdi>
            </td>
            <td data-name="Root token">{tokensText(ceremony)}</td>
            <td data-name="Verdict">
              <Marks ceremony={ceremony} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
