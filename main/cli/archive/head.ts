import type { Command } from 'commander';
import { parseLine } from '../../archive/log/entry';
import { type Head, headText, headWords } from '../../archive/log/head';
import type { Place } from '../../archive/place/place';
import { valueText } from '../parts/format';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

/** `airlock archive head`. */
export function defineHead(command: Command, terminal: Terminal): void {
  withArchive(command).action((flags: ArchiveFlags) =>
    inArchive(terminal, flags, 'read', async (place) => {
      const head = await headOf(place);
      if (flags.json) terminal.print(valueText(flags, await headJson(place)));
      else if (head !== null)
        terminal.print(
          columns([
            ['Entries', head.n],
            ['Head', headText(head)],
            ['Words', headWords(head.hash)],
          ]),
        );
    }),
  );
}

async function headOf(place: Place): Promise<Head | null> {
  const line = await place.lastLine();
  if (line === null) return null;
  const { entry, hash } = parseLine(line);
  return { n: entry.n, hash };
}

/** The head as programs read it; null where the log has no entry. */
export async function headJson(place: Place) {
  const head = await headOf(place);
  return head === null
    ? null
    : { n: head.n, hash: head.hash, words: headWords(head.hash), text: headText(head) };
}

/** The head as the end of an answer. */
export async function headSentence(place: Place): Promise<string> {
  const head = await headOf(place);
  return head === null
    ? 'The log has no entry.'
    : `The log stands at entry ${head.n}: ${headWords(head.hash)}.`;
}

/** What a command says that put one entry into the log. */
export async function answerEntry(
  terminal: Terminal,
  flags: ArchiveFlags,
  place: Place,
  done: string,
  n: number,
): Promise<void> {
  terminal.print(
    flags.json
      ? valueText(flags, { entry: n, head: await headJson(place) })
      : `${done}, by entry ${n}. ${await headSentence(place)}\n`,
  );
}
