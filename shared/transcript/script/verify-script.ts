import compare from './compare.jq?raw';
import journal from './journal.jq?raw';
import verify from './verify.sh?raw';

/**
 * The text of the `verify.sh` that lies in an archive folder: one file, made of `verify.sh` here and its two
 * jq programs. It checks that folder as `verifyTranscript` does, with nothing of Airlock, for an auditor who
 * trusts only POSIX sh, coreutils, jq 1.6 or later and gpg. It takes no argument. Its exit code is 0 where
 * everything fits and 1 otherwise; its last line begins with PASS or FAIL.
 */
export const verifyScript = (): string =>
  verify.replace('@journal.jq@\n', () => journal).replace('@compare.jq@\n', () => compare);
