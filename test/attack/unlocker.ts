import { unlock } from '../../main/cli/person';
import { processTerminal } from '../../main/cli/terminal';
import { openHome } from '../../main/store/home';

/** A program that unlocks a home as every command does, says so, and stays: for a look at its memory. */
const [home = '', passphraseFile = ''] = process.argv.slice(2);
const identity = await unlock(processTerminal, openHome(home), { passphraseFile });
process.stdout.write(`unlocked ${identity.name}\n`);
setInterval(() => undefined, 60_000);
