import compare from './compare.jq?raw';
import { eventSchemas } from './event-schemas';
import journal from './journal.jq?raw';
import plan from './plan.jq?raw';
import verify from './verify.sh?raw';

/** The jq program that reads the lines of one journal, with what each event records. */
export const journalProgram = (): string => journal.replace('@events@', eventSchemas);

/**
 * The text of the `verify.sh` that lies in an archive folder: one file, made of `verify.sh` here and its jq
 * programs. It checks that folder as `verifyTranscript` does, with nothing of Airlock, for an auditor who
 * trusts only POSIX sh, coreutils, jq 1.6 or later and gpg. With `--people FOLDER|FILE` it pins fingerprints.
 * Its exit code is 0 where the archive is proven, 3 where it is incomplete, 1 where it is broken, and 2 where
 * it was not started as it must be. Its last line begins with the verdict.
 */
export function verifyScript(): string {
  script ??= verify
    .replace('@journal.jq@\n', journalProgram)
    .replace('@plan.jq@\n', () => plan)
    .replace('@compare.jq@\n', () => compare);
  return script;
}

/** Put together once: each station's archive holds the same. */
let script: string | undefined;
