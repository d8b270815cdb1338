import type { LogsView } from '../../../shared/ipc/view/logs';
import { useCall } from '../bridge/call';
import { useSave } from '../bridge/save';
import { Button } from '../button';
import { Done, Problem } from '../problem';

/** Journals of other stations that came in by codes, and wait to be archived. */
export function TakenLogs({ logs }: { readonly logs: readonly LogsView[] }) {
  if (logs.length === 0) return null;
  return (
    <section className="section">
      <h2>Journals of others, for the archive</h2>
      <ul className="people">
        {logs.map((of) => (
          <OfCeremony key={of.id} logs={of} />
        ))}
      </ul>
    </section>
  );
}

function OfCeremony({ logs: { id, words, rehearsal, stations } }: { readonly logs: LogsView }) {
  const archive = useSave(useCall('logs.archive'));
  const loses = archive.asksMore('would-replace');
  return (
    <li>
      <div>
        <span className="people-name">{words}</span>{' '}
        {rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
        {stations.map(({ label, from, lines, signatures }) => (
          <div className="quiet" key={label}>
            {label} · {from} · {lines} lines ·{' '}
            {signatures === 1 ? 'one signature' : `${signatures} signatures`}
          </div>
        ))}
        <Done text={archive.saved} />
        <Problem text={archive.problem} />
      </div>
      <Button
        kind="quiet"
        small
        busy={archive.busy}
        label={`${loses ? 'Replace' : 'Save'} the journals of ${words}`}
        onPress={() => archive.run(loses ? { id, replace: true } : { id })}
      >
        {loses ? 'Replace' : 'Save'}
      </Button>
    </li>
  );
}
