export interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Facts that this laptop has checked, each with its outcome. */
export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className="checks">
      {checks.map((check) => (
        <li key={check.text} className={check.ok ? '' : 'checks-wrong'}>
          <span className="checks-mark" aria-hidden="true">
            {check.ok ? '✓' : '✕'}
          </span>
          <span>
            <span className="unseen">{check.ok ? 'Holds: ' : 'Does not hold: '}</span>
            {check.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
