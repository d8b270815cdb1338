import { setTimeout as sleep } from 'node:timers/promises';
import { asPerson } from '../../main/cli/parts/person';
import { processTerminal } from '../../main/cli/parts/terminal';
import { openHome } from '../../main/store/home';

/** A program that unlocks a home as every command does, says so, and stays: for a look at its memory. */
const [home = '', passphraseFile = ''] = process.argv.slice(2);
await asPerson(processTerminal, openHome(home), { passphraseFile }, async ({ name }) => {
  process.stdout.write(`unlocked ${name}\n`);
  await sleep(600_000);
});
