import type { PageLine } from '../../shared/archive/page';
import { timeText } from './words';

/** Lines of all journals, a cause before its effects; those that an auditor stops at are marked. */
export function JournalTable({ lines }: { readonly lines: readonly PageLine[] }) {
  return (
    <table className="archive-table archive-lines">
      <thead>
        <tr>
          <th scope="col">Station</th>
          <th scope="col">Line</th>
          <th scope="col">Time</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ station, n, at, text, alarm }) => (
          <tr key={`${station} ${n}`} {...(alarm ? { className: 'archive-alarm' } : {})}>
            <td data-name="Station">
              <bdi>{station}</bdi>
            </td>
            <td data-name="Line">{n}</td>
            <td data-name="Time">{timeText(at)}</td>
            <td data-name="What">
              {alarm ? <b>Look: </b> : null}
              <bdi>{text}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
