import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { registerDecode } from './decode';
import { registerKeygen } from './keygen';
import { registerOtp } from './otp';
import { registerShare } from './share';

/** `airlock offline`: single steps of the air-gapped side, for teams that use them one by one. */
export function registerOffline(program: Command, terminal: Terminal): void {
  const offline = program
    .command('offline')
    .description('single steps of the air-gapped side; nothing here opens a connection');
  registerOtp(offline, terminal);
  registerKeygen(offline, terminal);
  registerShare(offline, terminal);
  registerDecode(offline, terminal);
}
