import type { Command } from 'commander';
import { type Added, addAll } from '../../archive/addition';
import { type Refused, transcriptFolders } from '../../archive/evidence/intake';
import type { Place } from '../../archive/place/place';
import { valueText } from '../parts/format';
import { counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type AuthorFlags, asArchivist, withAuthor } from './author';
import { headJson, headSentence } from './head';

/** `airlock archive add`. */
export function defineAdd(command: Command, terminal: Terminal): void {
  withAuthor(command)
    .argument('<folder...>', 'folders that hold transcripts, at any depth')
    .action((folders: string[], flags: AuthorFlags) => addFolders(terminal, folders, flags));
}

const addFolders = (terminal: Terminal, folders: readonly string[], flags: AuthorFlags): Promise<void> =>
  asArchivist(terminal, flags, 'make', async (place, author) => {
    const counts: Counts = { fresh: 0, there: 0, refused: 0 };
    const told = flags.json ? asValue(terminal, flags) : inWords(terminal);
    try {
      for await (const one of addAll(place, transcriptsIn(folders), author)) {
        if ('refused' in one) {
          counts.refused += 1;
          terminal.say(`${printable(one.refused.message)}\n`);
        } else counts[one.isNew ? 'fresh' : 'there'] += 1;
        told.one(one);
      }
    } catch (error) {
      told.broken();
      throw error;
    }
    await told.end(place, counts);
    if (counts.refused > 0) terminal.setExitCode(1);
  });

function* transcriptsIn(folders: readonly string[]): Generator<string | Refused> {
  for (const folder of folders) yield* transcriptFolders(folder);
}

interface Counts {
  fresh: number;
  there: number;
  refused: number;
}

/** What is printed of each folder, and in the end. */
interface Telling {
  one(one: Added | Refused): void;
  end(place: Place, counts: Counts): Promise<void>;
  /** In place of the end, before it is said what is wrong with the archive itself. */
  broken(): void;
}

const inWords = (terminal: Terminal): Telling => ({
  one: (one) => {
    if (!('refused' in one)) terminal.print(`${addedText(one)}\n`);
  },
  end: async (place, { fresh, there, refused }) => {
    const rest = [
      ...(there > 0 ? [`${there} there already`] : []),
      ...(refused > 0 ? [`${refused} refused`] : []),
    ];
    terminal.print(
      `${[`${counted(fresh, 'folder')} added`, ...rest].join(', ')}. ${await headSentence(place)}\n`,
    );
  },
  broken: () => undefined,
});

/**
 * One value of all. What was added is printed as it comes where that is JSON, so that no number of folders
 * fills the memory.
 */
function asValue(terminal: Terminal, flags: AuthorFlags): Telling {
  const added: Added[] = [];
  const refused: { path: string; error: string; message: string }[] = [];
  let before = '{"added":[';
  return {
    one: (one) => {
      if ('refused' in one) {
        const { code, message } = one.refused;
        refused.push({ path: one.path, error: code, message });
      } else if (flags.asYaml !== undefined) added.push(one);
      else {
        terminal.print(`${before}${JSON.stringify(one)}`);
        before = ',';
      }
    },
    end: async (place) => {
      const head = await headJson(place);
      if (flags.asYaml !== undefined) terminal.print(valueText(flags, { added, refused, head }));
      else {
        const rest = JSON.stringify({ refused, head }).slice(1);
        terminal.print(`${before === ',' ? '' : before}],${rest}\n`);
      }
    },
    // What was printed is a value by itself then, of what was added until then.
    broken: () => {
      if (before === ',') terminal.print(`],${JSON.stringify({ refused }).slice(1)}\n`);
    },
  };
}

function addedText({ path, words, n, isNew, verdict, additions, files }: Added): string {
  const what = isNew
    ? `${additions === 1 ? 'added' : `joined to ${counted(additions - 1, 'earlier folder')}`}, entry ${n}`
    : `there already, since entry ${n}`;
  return printable(`${words}: ${verdict} · ${counted(files, 'file')} · ${what} · ${path}`);
}
