import type { Command } from 'commander';
import { accessorIn } from '../../online/token/accessor';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { revokeChosen } from './chosen';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';
import { sweepProgress } from './sweep-progress';
import { sweptJson, sweptText } from './swept';

export interface SweepFlags extends ServerFlags {
  readonly revoke?: string[];
  readonly ceremony?: string;
}

/** `airlock online sweep`. */
export function defineSweep(command: Command, terminal: Terminal): void {
  const sweepCommand = withServer(withPassphrase(withHome(command))).option(
    '--revoke <accessor...>',
    'revoke these root tokens that a sweep found, and prove it; nothing is swept then',
  );
  withCeremony(sweepCommand, 'in whose transcript').action((flags: SweepFlags) => sweep(terminal, flags));
}

async function sweep(terminal: Terminal, flags: SweepFlags): Promise<void> {
  refuseTwoReaders([flags.serverTokenFile, flags.passphraseFile]);
  // Each of them, before anything is done to the first.
  const chosen = [...new Set((flags.revoke ?? []).map(accessorIn))];
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  await withStation(terminal, flags, home, async (station) => {
    if (chosen.length > 0) return revokeChosen(terminal, flags, station, chosen, ceremony);
    const progress = flags.json ? undefined : sweepProgress(terminal);
    const result = await station.sweep({ ceremony, progress });
    terminal.print(flags.json ? valueText(flags, sweptJson(result)) : sweptText(result));
  });
}
