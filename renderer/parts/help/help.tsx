import { Lost } from '../backup/lost';
import { Button } from '../button';
import { Facts } from '../facts';
import { LockAfter } from '../guard/lock-after';
import { More } from '../more';
import type { ExplainedStep } from '../names';
import { Sheet } from '../sheet';
import { About } from './about';
import { keys } from './keys';
import { type Term, termName, terms } from './terms';

export interface HelpProps {
  /** Those that the rail shows. */
  readonly steps: readonly ExplainedStep<string>[];
  readonly onClose: () => void;
}

/** What each step is for, the words, the keys, and which program this is. */
export function Help({ steps, onClose }: HelpProps) {
  return (
    <Sheet title="Help" onClose={onClose}>
      <More title="What each step is for" open>
        <Facts facts={steps.map(({ name, what }) => [name, what] as const)} />
      </More>
      <More title="The words">
        <Facts facts={(Object.keys(terms) as Term[]).map((term) => [termName[term], terms[term]] as const)} />
      </More>
      <More title="The keys">
        <Facts facts={keys.map(([key, what]) => [key, what] as const)} />
      </More>
      <More title="Locking by itself">
        <LockAfter />
      </More>
      <More title="If a passphrase or a machine is lost">
        <Lost />
        <p>
          A home is put back at the first start of an app in which nobody is yet: “Put back a home…”. Or by
          the command line, into a folder that is empty or new: <code>airlock home restore FILE FOLDER</code>.
          The app opens it there with <code>--home=FOLDER</code>. <code>airlock home check FILE</code> says
          whose home a file is, and whether it is whole.
        </p>
      </More>
      <More title="About Airlock">
        <About />
      </More>
      <div className="row">
        <Button kind="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
    </Sheet>
  );
}
