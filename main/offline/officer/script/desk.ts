import { existsSync } from 'node:fs';
import { type CarriedOut, type CarriedOutStep, carriedOut } from '../../../../shared/script/carried-out';
import { ScriptError } from '../../../../shared/script/script-error';
import type { EventData, JournalLine } from '../../../../shared/transcript/event';
import { scriptInHome } from '../../../store/scripts';
import type { OfficerWork } from '../work';

/** The ceremony's script: which one it is, and how each step goes. All of it is in the journal alone. */
export class ScriptDesk {
  private told: { readonly lines: readonly JournalLine[]; readonly script: CarriedOut | null } | null = null;

  constructor(private readonly work: OfficerWork) {}

  /** The script that counts, as it was carried out so far; null where the ceremony goes by none. */
  get current(): CarriedOut | null {
    const lines = this.work.file.journal.entries();
    if (this.told === null || this.told.lines.length !== lines.length) {
      const last = carriedOut(lines).at(-1) ?? null;
      this.told = { lines: [...lines], script: last?.until === null ? last : null };
    }
    return this.told.script;
  }

  /**
   * Has the ceremony go by a script of this home, or by none (null), while it is planned. Throws
   * `ScriptError` 'script-agreed', 'no-script', `StoreError`.
   */
  choose(sha256: string | null): void {
    const { journal } = this.work.file;
    if (this.work.state.step !== 'plan') {
      throw new ScriptError(
        'script-agreed',
        'The plan is agreed, and its script with it. Go back to the plan first, or record what goes another way as a deviation.',
      );
    }
    const { current } = this;
    if (sha256 === null) {
      if (current !== null) journal.append('script-left', {});
      return;
    }
    const { script } = scriptInHome(this.work.context.home, sha256);
    if (current?.sha256 === sha256 && current.isWhole) return;
    const { sections, ...head } = script;
    journal.append('script-chosen', { ...head, sha256, sections: sections.length });
    for (const [i, section] of sections.entries())
      journal.append('script-section', { number: i + 1, ...section });
  }

  /**
   * Records how a step went. Recorded again, the later record counts and the one before stays. Throws
   * `ScriptError` 'no-script', 'closed', 'no-step', 'wrong-person', 'checks-open', 'not-done-yet',
   * 'no-sentence', `StoreError`.
   */
  record(given: EventData<'script-step'>): void {
    const script = this.required();
    const step = script.sections[given.section - 1]?.steps[given.step - 1];
    if (step === undefined || step.checks.length !== given.checks.length)
      throw new ScriptError(
        'no-step',
        'The script has no such step. Nothing was recorded: look at it again.',
      );
    const record = trimmed(given);
    if (record.by === '')
      throw new ScriptError('wrong-person', 'Say who did this step. Nothing was recorded.');
    if (record.result === 'as-expected') requireAsExpected(step, record);
    else if (record.deviation === '' || record.decidedBy === '') {
      throw new ScriptError(
        'no-sentence',
        'A deviation needs a sentence on what happened and what was done, and who decided so. Nothing was recorded.',
      );
    }
    this.work.file.journal.append('script-step', record);
  }

  /**
   * Somebody takes part besides the plan's people, or no longer does (`left`). Throws `ScriptError`
   * 'no-script', 'closed', 'wrong-person', `StoreError`.
   */
  person(given: EventData<'script-person'>): void {
    const { roles } = this.required();
    const name = given.name.trim();
    if (name === '' || !roles.some((role) => role.name === given.role)) {
      throw new ScriptError(
        'wrong-person',
        'Write the person’s name, and choose one of the script’s roles. Nothing was recorded.',
      );
    }
    const organisation = given.organisation.trim();
    this.work.file.journal.append('script-person', { ...given, name, organisation });
  }

  /** A break begins or ends. Throws `ScriptError` 'no-script', 'closed', 'wrong-break', `StoreError`. */
  rest(given: EventData<'script-break'>): void {
    const lasts = this.required().breaks.at(-1)?.to === null;
    if (lasts === (given.what === 'begins')) {
      throw new ScriptError(
        'wrong-break',
        lasts ? 'A break lasts already.' : 'No break has begun, so none can end.',
      );
    }
    this.work.file.journal.append('script-break', { ...given, stayed: given.stayed.trim() });
  }

  private required(): CarriedOut {
    const { current } = this;
    if (current === null)
      throw new ScriptError('no-script', 'This ceremony goes by no script. Choose one with its plan.');
    if (existsSync(this.work.file.paths.checkpoint)) {
      throw new ScriptError(
        'closed',
        'The transcript is closed, so nothing more goes into it. Write it on the page that everyone signs.',
      );
    }
    return current;
  }
}

const trimmed = (given: EventData<'script-step'>): EventData<'script-step'> => ({
  ...given,
  checks: given.checks.map(({ done, value }) => ({ done, value: value.trim() })),
  actual: given.actual.trim(),
  by: given.by.trim(),
  deviation: given.result === 'deviation' ? given.deviation.trim() : '',
  decidedBy: given.result === 'deviation' ? given.decidedBy.trim() : '',
});

function requireAsExpected(step: CarriedOutStep, { checks }: EventData<'script-step'>): void {
  if (step.own !== undefined && step.done === null) {
    throw new ScriptError(
      'not-done-yet',
      `Airlock itself does step ${step.number}, and hasn’t yet: it can’t be as expected. Nothing was recorded.`,
    );
  }
  const open = step.checks.find(
    ({ value }, i) => checks[i]?.done !== true || (value !== undefined && checks[i]?.value === ''),
  );
  if (open === undefined) return;
  throw new ScriptError(
    'checks-open',
    `Step ${step.number} is as expected once “${open.text}” is ticked${open.value === undefined ? '' : `, with its ${open.value}`}. Nothing was recorded: tick it, or record a deviation.`,
  );
}
