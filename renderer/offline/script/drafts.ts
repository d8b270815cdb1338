import { create } from 'zustand';
import type { ScriptStepView } from '../../../shared/ipc/offline/script';

/** What was filled in of a step and not recorded yet. It holds no secret. */
export interface StepDraft {
  readonly by: string;
  readonly checks: readonly { readonly done: boolean; readonly value: string }[];
  readonly actual: string;
  readonly deviation: string;
  readonly decidedBy: string;
  /** The form asks what deviated. */
  readonly deviates: boolean;
}

/** Kept while the window shows other steps: looking at the ceremony loses nothing that was written here. */
const useDrafts = create<Readonly<Record<string, StepDraft>>>(() => ({}));

/** What the form of a step begins with: what was recorded, or whoever has its role. */
function firstDraft({ record, checks }: ScriptStepView, people: readonly string[]): StepDraft {
  return {
    by: record?.by ?? (people.length === 1 ? (people[0] ?? '') : ''),
    checks: checks.map((_, i) => record?.checks[i] ?? { done: false, value: '' }),
    actual: record?.actual ?? '',
    deviation: record?.deviation ?? '',
    decidedBy: record?.decidedBy ?? '',
    deviates: (record?.deviation ?? '') !== '',
  };
}

export interface DraftOfStep {
  readonly draft: StepDraft;
  readonly change: (change: Partial<StepDraft>) => void;
  readonly forget: () => void;
}

/** `ceremony`: its id. `people`: who has the role that the step is for. */
export function useStepDraft(ceremony: string, step: ScriptStepView, people: readonly string[]): DraftOfStep {
  const key = `${ceremony} ${step.number}`;
  const draft = useDrafts((drafts) => drafts[key]) ?? firstDraft(step, people);
  return {
    draft,
    change: (change) => useDrafts.setState({ [key]: { ...draft, ...change } }),
    forget: () => {
      const { [key]: _, ...others } = useDrafts.getState();
      useDrafts.setState(others, true);
    },
  };
}
