import type { Command } from 'commander';
import { type CeremonyDetail, ceremonyDetail } from '../../archive/ceremony';
import { valueText } from '../parts/format';
import { columns, counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, verdictText } from './ceremony-rows';
import { type ArchiveFlags, inArchive, withArchive } from './place';

/** `airlock archive show`. */
export function defineShow(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument('<ceremony>', 'its two words, or its id')
    .action((named: string, flags: ArchiveFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        const detail = await ceremonyDetail(place, named);
        terminal.print(flags.json ? valueText(flags, detailJson(detail)) : detailText(detail));
      }),
    );
}

const detailJson = ({ ceremony, people, findings, additions, entries }: CeremonyDetail) => ({
  ...ceremonyJson(ceremony),
  purpose: ceremony.purpose,
  method: ceremony.method,
  quorum: { threshold: ceremony.threshold, custodians: ceremony.custodians },
  people: people.map(({ took_part, held_token, handed_token, told_end, ...person }) => ({
    ...person,
    tookPart: took_part === 1,
    heldToken: held_token === 1,
    handedToken: handed_token === 1,
    toldEnd: told_end === 1,
  })),
  findings,
  folders: additions.map(({ n, at, who, folder, files, bytes, verdict }) => ({
    n,
    at,
    who,
    folder,
    files,
    bytes,
    verdict,
  })),
  entries,
});

function detailText({ ceremony, people, findings, additions, entries }: CeremonyDetail): string {
  const facts = columns([
    ['Ceremony', `${ceremony.words} (${ceremony.id})`],
    ['Title', ceremony.title],
    ['Purpose', ceremony.purpose],
    ['Ticket', ceremony.ticket],
    ['Server', [ceremony.server, ceremony.namespace].filter((text) => text !== '').join(', namespace ')],
    ['Began', ceremony.began],
    ['Ended', ceremony.ended],
    ['Rehearsal', ceremony.rehearsal ? 'yes' : undefined],
    [
      'Verdict',
      `${verdictText(ceremony)}, by ${ceremony.by_people ? 'the people whom the archive knows' : 'the keys in its folders'}`,
    ],
    [
      'Tokens',
      ceremony.tokens === 0
        ? 'none was made'
        : `${counted(ceremony.tokens, 'token')}, ${ceremony.revoked} proven revoked`,
    ],
    ['On hold', ceremony.held ? 'yes' : undefined],
  ]);
  const parts: [string, string[]][] = [
    [
      'Findings',
      findings.map(
        ({ verdict, station, line, message }) =>
          `${verdict}  ${station === '' ? '' : `${station}${line === null ? '' : `, line ${line}`}: `}${message}`,
      ),
    ],
    [
      'People',
      people.map(
        ({ name, role, took_part, held_token, handed_token, told_end, witnessed, fingerprint }) =>
          `${name}, ${role}${took_part ? '' : ', no station here'}${held_token ? ', had the root token' : handed_token ? ', was handed the root token, and has no line that it was opened' : ''}${told_end ? ', says that it ended' : ''}${witnessed > 0 ? `, signed for ${counted(witnessed, 'other station')}` : ''} · ${fingerprint}`,
      ),
    ],
    [
      'Handed in',
      additions.map(
        ({ n, at, files, folder, verdict }) =>
          `entry ${n}, ${at}: ${counted(files, 'file')}, ${verdict} then · ${folder}`,
      ),
    ],
    ['Log', entries.map(({ n, at, event, text }) => `entry ${n}, ${at}: ${event}: ${text}`)],
  ];
  const shown = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `\n${title}\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`);
  return `${facts.split('\n').map(printable).join('\n')}${shown.join('')}`;
}
