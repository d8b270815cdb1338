import { Secret } from '../../parts/secret';
import { useBrought } from '../reveal';

/**
 * What a task made for this person: as the server has answered it, for nobody else to read. `digest`: of the
 * outcome that brought it.
 */
export function Brought({ digest }: { readonly digest: string }) {
  const reveal = useBrought(digest);
  return (
    <Secret
      name="Made for you by a task"
      marked
      reveal={reveal}
      shown={inLines}
      letter="R"
      testId="brought"
    />
  );
}

/** A line for each thing that the server has said: in one line nobody finds the token. */
function inLines(answers: string): Node {
  const lines = document.createElement('pre');
  lines.className = 'secret-lines';
  lines.textContent = answers.split('\n').map(indented).join('\n');
  return lines;
}

function indented(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
