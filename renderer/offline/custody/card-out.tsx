import { useCallback, useState } from 'react';
import { useSave } from '../../parts/bridge/save';
import { Button } from '../../parts/button';
import { More } from '../../parts/more';
import { Done, Problem } from '../../parts/problem';
import { Secret } from '../../parts/secret';
import { useCall } from '../call';
import { useReveal } from '../reveal';
import { SavePdf } from './save-pdf';

const outcomes = {
  printed: 'The card went to the printer. Take it out before anyone else does.',
  cancelled: 'Nothing was printed. The journal says so.',
} as const;

/**
 * A card of the share that is held: printed, saved, or written down by hand. Each goes on the record first.
 */
export function CardOut() {
  const print = useCall('custody.card.print');
  const pdf = useSave(useCall('custody.card.pdf'));
  const [outcome, setOutcome] = useState<keyof typeof outcomes | null>(null);
  const [asking, setAsking] = useState(false);
  const run = async () => {
    setOutcome(null);
    const answer = await print.run({});
    if (answer.ok) setOutcome(answer.value);
  };
  return (
    <>
      <p>
        One sheet with the share as a code and in numbered groups: typed back, it says which group has an
        error. Print on a printer that hangs on this laptop’s cable: others keep what they print.
      </p>
      <div className="row">
        <Button kind="quiet" busy={print.busy} onPress={() => void run()}>
          {print.busy ? 'The print dialog is open…' : 'Print the share card'}
        </Button>
        <Button kind="quiet" busy={pdf.busy} onPress={() => setAsking(true)}>
          Save as PDF
        </Button>
      </div>
      <Done text={outcome === null ? pdf.saved : outcomes[outcome]} />
      <Problem text={print.problem ?? pdf.problem} />
      <ByHand />
      {asking ? (
        <SavePdf
          onSave={() => {
            setAsking(false);
            setOutcome(null);
            pdf.run({});
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

/** Without a printer: the groups to copy with a pen, while held. */
function ByHand() {
  const reveal = useReveal('custody.card.reveal');
  const numbered = useCallback(async () => {
    const answer = await reveal();
    if (!answer.ok) return answer;
    const groups = answer.text.split('\n').map((group, index) => `${`${index + 1}.`.padEnd(4)}${group}`);
    // In two columns, as on the card: nobody can scroll while holding.
    const half = Math.ceil(groups.length / 2);
    const rows = groups
      .slice(0, half)
      .map((group, index) => `${group}    ${groups[half + index] ?? ''}`.trimEnd());
    return { ok: true, text: rows.join('\n') } as const;
  }, [reveal]);
  return (
    <div className="by-hand">
      <Secret name="The groups, to write down by hand" marked reveal={numbered} testId="card" />
    </div>
  );
}

/** The same, folded away where the share is on its way to a ceremony. */
export function CardOutMore() {
  return (
    <More title="Put your share on paper">
      <CardOut />
    </More>
  );
}
