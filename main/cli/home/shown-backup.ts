import type { BackupMade } from '../../store/backup/backup';
import type { BackupCeremony } from '../../store/backup/backup-view';
import { type FormatFlags, valueText } from '../parts/format';
import { columns, counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/** Prints what a backup is of; `rows`: what was done with it. */
export function showBackup(
  terminal: Terminal,
  flags: FormatFlags,
  { view, sha256 }: BackupMade,
  rows: readonly (readonly [string, string])[],
): void {
  if (flags.json) {
    const done = Object.fromEntries(rows.map(([name, value]) => [NAMES[name] ?? name, value]));
    terminal.print(valueText(flags, { ...done, sha256, ...view }));
    return;
  }
  const { name, role, station, words, madeAt, version, files, ceremonies, leftOut, findings } = view;
  terminal.print(
    columns([
      ...rows,
      ['SHA-256', sha256],
      ['Home of', `${name}, ${role} (${station})`],
      ['Words', words],
      ['From', `${madeAt.slice(0, 16).replace('T', ' ')} UTC, by Airlock ${version}`],
      ['Holds', `${counted(files, 'file')}, all as the home had them`],
      ['Ceremonies', ceremoniesText(ceremonies)],
      ...ceremonies.filter(({ isClosed }) => !isClosed).map((open): [string, string] => ['', openText(open)]),
      ['Left out', leftOut === 0 ? undefined : `${counted(leftOut, 'key')} that live for one ceremony only`],
      ...findings.map((file): [string, string] => [
        'Not complete',
        `${printable(file)} was not as Airlock had left it`,
      ]),
    ]),
  );
}

const NAMES: Readonly<Record<string, string>> = { Written: 'written', 'Put back': 'folder' };

function ceremoniesText(ceremonies: readonly BackupCeremony[]): string {
  const open = ceremonies.filter(({ isClosed }) => !isClosed).length;
  return open === 0 ? `${ceremonies.length}` : `${ceremonies.length}, of which ${open} not closed:`;
}

const openText = ({ id, title, lines, rehearsal, lacksKey }: BackupCeremony): string =>
  [
    title === '' ? id : `${printable(title)} (${id})`,
    counted(lines, 'line'),
    ...(rehearsal ? ['rehearsal'] : []),
    ...(lacksKey ? ['its key is not in the backup'] : []),
  ].join(', ');
