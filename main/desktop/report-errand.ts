import { resolve } from 'node:path';
import type { CommandLine } from 'electron';

/** What a start without a window is for: the report of a transcript, printed into a file. */
export interface ReportErrand {
  /** The transcript's folder; absolute, as is `file`. */
  readonly folder: string;
  /** A file that isn't there yet. */
  readonly file: string;
}

/**
 * The errand that the program was started for, by `--print-report=FOLDER --into=FILE`; null where it was
 * started as an app. Throws an Error with a sentence where one of the two is missing. `folder`: the one in
 * which it was typed.
 */
export function reportErrand(
  commandLine: Pick<CommandLine, 'hasSwitch' | 'getSwitchValue'>,
  folder: string,
): ReportErrand | null {
  if (!commandLine.hasSwitch('print-report') && !commandLine.hasSwitch('into')) return null;
  const [from, into] = [commandLine.getSwitchValue('print-report'), commandLine.getSwitchValue('into')];
  if (from === '' || into === '')
    throw new Error(
      'To print a report takes both: the folder of its transcript, and a new file for the PDF.',
    );
  return { folder: resolve(folder, from), file: resolve(folder, into) };
}
