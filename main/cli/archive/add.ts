import type { Command } from 'commander';
import { AirlockError } from '../../../shared/airlock-error';
import { type Added, add } from '../../archive/addition';
import type { Author } from '../../archive/annotation';
import { ArchiveError, type ArchiveErrorCode } from '../../archive/archive-error';
import { transcriptFolders } from '../../archive/evidence/intake';
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
    .action((folders: string[], flags: AuthorFlags) => addAll(terminal, folders, flags));
}

interface Refused {
  readonly path: string;
  readonly error: string;
  readonly message: string;
}

const addAll = (terminal: Terminal, folders: readonly string[], flags: AuthorFlags): Promise<void> =>
  asArchivist(terminal, flags, 'make', async (place, author) => {
    const { added, refused } = await takeIn(terminal, place, folders, author, flags.json === true);
    if (flags.json) terminal.print(valueText(flags, { added, refused, head: await headJson(place) }));
    else {
      const fresh = added.filter(({ isNew }) => isNew).length;
      const rest = [
        ...(added.length > fresh ? [`${added.length - fresh} there already`] : []),
        ...(refused.length > 0 ? [`${refused.length} refused`] : []),
      ];
      const counts = [`${counted(fresh, 'folder')} added`, ...rest].join(', ');
      terminal.print(`${counts}. ${await headSentence(place)}\n`);
    }
    if (refused.length > 0) terminal.setExitCode(1);
  });

/** Each folder by itself: one that is refused keeps no other from being taken. */
async function takeIn(
  terminal: Terminal,
  place: Place,
  folders: readonly string[],
  author: Author,
  quiet: boolean,
): Promise<{ added: Added[]; refused: Refused[] }> {
  const added: Added[] = [];
  const refused: Refused[] = [];
  const refuse = (path: string, error: unknown): void => {
    if (!(error instanceof AirlockError) || endsAll(error)) throw error;
    refused.push({ path, error: error.code, message: error.message });
    terminal.say(`${printable(error.message)}\n`);
  };
  for (const folder of folders) {
    let seen = 0;
    try {
      for (const path of transcriptFolders(folder)) {
        seen += 1;
        try {
          const one = await add(place, path, author.archivist, author.clock);
          added.push(one);
          if (!quiet) terminal.print(`${addedText(one)}\n`);
        } catch (error) {
          refuse(path, error);
        }
      }
      if (seen === 0) throw noTranscript(folder);
    } catch (error) {
      refuse(folder, error);
    }
  }
  return { added, refused };
}

const noTranscript = (folder: string): ArchiveError =>
  new ArchiveError(
    'no-transcript',
    `There is no transcript in ${folder}: it, or a folder below it, would hold one folder a station, with a journal.jsonl in it.`,
  );

/** What is wrong with the archive, and not with one folder. */
const endsAll = ({ code }: AirlockError): boolean =>
  (
    [
      'place-unusable',
      'place-read-only',
      'index-damaged',
      'index-differs',
      'log-broken',
      'not-archivist',
    ] satisfies ArchiveErrorCode[] as string[]
  ).includes(code);

function addedText({ path, words, n, isNew, verdict, additions, files }: Added): string {
  const what = isNew
    ? `${additions === 1 ? 'added' : `joined to ${counted(additions - 1, 'earlier folder')}`}, entry ${n}`
    : `there already, since entry ${n}`;
  return printable(`${words}: ${verdict} · ${counted(files, 'file')} · ${what} · ${path}`);
}
