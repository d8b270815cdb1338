import type { Command } from 'commander';
import { type Advice, isAllGood } from '../../../shared/ceremony/preflight';
import { readIdentity } from '../../store/identity';
import { valueText } from '../parts/format';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { nobody, type ServerFlags, stationOf, withServer } from './station';

interface PreflightFlags extends ServerFlags, HomeFlags {}

/** `airlock online preflight`. */
export function definePreflight(command: Command, terminal: Terminal): void {
  withServer(withHome(command)).action((flags: PreflightFlags) => preflight(terminal, flags));
}

/** Asks the server and shows what it says, to anyone: nothing is signed or recorded. */
async function preflight(terminal: Terminal, flags: PreflightFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const station = await stationOf(terminal, flags, home, readIdentity(home) ?? nobody(terminal));
  const findings = await station.preflight();
  terminal.print(
    flags.json ? valueText(flags, { good: isAllGood(findings), findings }) : adviceText(findings),
  );
}

/** Every thing that was looked at, a line each. */
export const adviceText = (findings: readonly Advice[]): string =>
  columns(
    findings.map(({ topic, level, text }) => [NAMES[topic], level === 'advice' ? `Weigh: ${text}` : text]),
  );

const NAMES: Readonly<Record<Advice['topic'], string>> = {
  tls: 'TLS',
  audit: 'Audit',
  endpoints: 'Endpoints',
  attempt: 'Attempts',
  clock: 'Clock',
  version: 'Version',
  namespace: 'Namespace',
  ha: 'HA',
};
