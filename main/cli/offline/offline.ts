import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { registerAmend } from './amend';
import { registerAttempt } from './attempt';
import { registerDecode } from './decode';
import { registerKeygen } from './keygen';
import { registerOtp } from './otp';
import { registerPlan } from './plan';
import { registerRelease } from './release';
import { registerResult } from './result';
import { registerShare } from './share';
import { registerSignOff } from './sign-off';
import { registerStart } from './start';
import { registerToken } from './token';

/**
 * `airlock offline`: the air-gapped roles on a terminal, and single steps of them for teams that use those
 * one by one.
 */
export function registerOffline(program: Command, terminal: Terminal): void {
  const offline = program
    .command('offline')
    .description('the air-gapped roles, and single steps of them; nothing here opens a connection');
  registerPlan(offline, terminal);
  registerStart(offline, terminal);
  registerAttempt(offline, terminal);
  registerAmend(offline, terminal);
  registerRelease(offline, terminal);
  registerResult(offline, terminal);
  registerToken(offline, terminal);
  registerSignOff(offline, terminal);
  registerOtp(offline, terminal);
  registerKeygen(offline, terminal);
  registerShare(offline, terminal);
  registerDecode(offline, terminal);
}
