import type { Command } from 'commander';
import { changePeople, type KnownPerson, peopleOf } from '../../archive/annotation';
import type { Place } from '../../archive/place/place';
import { readKnownPeople } from '../../store/pinned-people';
import { StoreError } from '../../store/store-error';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type AuthorFlags, asArchivist, withAuthor } from './author';
import { headJson, headSentence } from './head';
import { inArchive } from './place';

interface PeopleFlags extends AuthorFlags {
  readonly add?: string;
  readonly remove?: string;
}

/** `airlock archive people`. */
export function definePeople(command: Command, terminal: Terminal): void {
  withAuthor(command)
    .option(
      '--add <path>',
      'whom you know: a folder with their public keys, or a file with a line “FINGERPRINT NAME” for each',
    )
    .option('--remove <fingerprint>', 'somebody whom you know no longer')
    .action((flags: PeopleFlags) => people(terminal, flags));
}

async function people(terminal: Terminal, flags: PeopleFlags): Promise<void> {
  if (flags.add === undefined && flags.remove === undefined) {
    await inArchive(terminal, flags, 'read', (place) => answer(terminal, flags, place, false));
    return;
  }
  const added = flags.add === undefined ? [] : await knownIn(flags.add);
  const removed = flags.remove?.replace(/\s/g, '').toUpperCase();
  const change = (known: readonly KnownPerson[]): KnownPerson[] => {
    if (removed !== undefined && !known.some(({ fingerprint }) => fingerprint === removed))
      throw new CliError('usage', 'The archive knows nobody by that fingerprint.');
    return [...known.filter(({ fingerprint }) => fingerprint !== removed), ...added];
  };
  await asArchivist(terminal, flags, 'write', async (place, author) => {
    await changePeople(place, change, author);
    await answer(terminal, flags, place, true);
  });
}

async function answer(
  terminal: Terminal,
  flags: PeopleFlags,
  place: Place,
  isChanged: boolean,
): Promise<void> {
  const known = await peopleOf(place);
  if (flags.json) {
    terminal.print(
      valueText(flags, { people: known, ...(isChanged ? { head: await headJson(place) } : {}) }),
    );
    return;
  }
  for (const { fingerprint, name } of known) terminal.print(`${printable(`${fingerprint}  ${name}`)}\n`);
  if (isChanged)
    terminal.print(
      known.length === 0
        ? `Nobody is known: ceremonies are verified by the keys in their folders. ${await headSentence(place)}\n`
        : `Every ceremony is verified by ${counted(known.length, 'person', 'people')} now. ${await headSentence(place)}\n`,
    );
  else if (known.length === 0) terminal.say('The archive knows nobody yet: --add names people.\n');
}

async function knownIn(path: string): Promise<KnownPerson[]> {
  try {
    return await readKnownPeople(path);
  } catch (error) {
    if (error instanceof StoreError) throw new CliError('usage', error.message);
    throw error;
  }
}
