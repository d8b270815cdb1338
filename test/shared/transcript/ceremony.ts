import { test as base } from 'vitest';
import type { JournalEvent } from '../../../shared/transcript/event';
import type { ArchivedStation, TranscriptFolder } from '../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { archiveOf, ceremonyPlans, type Plan } from './archive';

/** The ceremony that went well, and archives in which one thing is otherwise. */
export class Ceremony {
  constructor(
    /** Of the officer, the online station, Carol and Dave. */
    readonly plans: readonly [Plan, Plan, Plan, Plan],
    readonly folder: TranscriptFolder,
  ) {}

  /** The archive in which station `i` wrote something else. */
  withPlan(i: number, change: (plan: Plan) => Partial<Plan>): Promise<TranscriptFolder> {
    return archiveOf(this.plans.map((plan, n) => (n === i ? { ...plan, ...change(plan) } : plan)));
  }

  /** The archive in which files of station `i` were changed afterwards. */
  withStation(i: number, change: Partial<ArchivedStation>): TranscriptFolder {
    const stations = this.folder.stations.map((station, n) =>
      n === i ? { ...station, ...change } : station,
    );
    return { ...this.folder, stations };
  }

  /** The codes found where station `i` wrote other events. `rest`: what else is otherwise there. */
  codesWith(
    i: number,
    change: (events: readonly JournalEvent[]) => readonly JournalEvent[],
    rest: Partial<Plan> = {},
  ): Promise<string[]> {
    return codesOf(
      this.plans.map((plan, n) => (n === i ? { ...plan, events: change(plan.events), ...rest } : plan)),
    );
  }
}

/** The codes, sorted and each once, that are found in the archive of these stations. */
export async function codesOf(plans: readonly Plan[]): Promise<string[]> {
  const report = await verifyTranscript(await archiveOf(plans));
  if ((report.verdict === 'proven') !== (report.findings.length === 0))
    throw new Error('a verdict without its findings');
  return [...new Set(report.findings.map(({ code }) => code))].sort();
}

/** A test that is given the ceremony that went well, made once a file. */
export const test = base.extend<{ readonly ceremony: Ceremony }>({
  ceremony: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const plans = await ceremonyPlans();
      await use(new Ceremony(plans, await archiveOf(plans)));
    },
    { scope: 'file' },
  ],
});

/** The same events with some left out, by name. */
export const without =
  (...unwanted: readonly JournalEvent['event'][]) =>
  (events: readonly JournalEvent[]) =>
    events.filter(({ event }) => !unwanted.includes(event));

/** The same events, each of one name replaced. */
export const replaced =
  (event: JournalEvent['event'], by: (found: JournalEvent) => JournalEvent) =>
  (events: readonly JournalEvent[]) =>
    events.map((found) => (found.event === event ? by(found) : found));

/** A station's plan with more events at its end. */
export const adding =
  (...more: JournalEvent[]) =>
  (plan: Plan): Partial<Plan> => ({ events: [...plan.events, ...more] });
