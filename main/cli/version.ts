import type { Command } from 'commander';
import { ownBuild } from '../build';
import { version } from '../version';
import { type FormatFlags, valueText, withFormat } from './parts/format';
import { columns } from './parts/table';
import type { Terminal } from './parts/terminal';

/** `airlock version`: the version, and of a packaged program its commit and the digest of its files. */
export function defineVersion(command: Command, terminal: Terminal): void {
  withFormat(command).action((flags: FormatFlags) => {
    const build = ownBuild();
    const value = { version, commit: build?.commit ?? null, files: build?.filesSha256 ?? null };
    const { commit, files } = value;
    const which = commit === null || files === null ? '' : columns(Object.entries({ commit, files }));
    terminal.print(flags.json ? valueText(flags, value) : `${version}\n${which}`);
  });
}
