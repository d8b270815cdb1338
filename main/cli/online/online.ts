import type { Command } from 'commander';
import { withHome, withPassphrase } from '../person';
import type { Terminal } from '../terminal';
import type { OnlineFlags } from './session';
import { open, status, submit } from './steps';
import { cancel, revoke } from './token';

const withServer = (command: Command): Command =>
  command
    .option('--server <url>', 'address of the server (default: VAULT_ADDR or BAO_ADDR)')
    .option('--pin <sha256>', "SHA-256 of the server's certificate; any other is refused")
    .option(
      '--server-token-file <file>',
      'token for servers that want one (default: VAULT_TOKEN or BAO_TOKEN); - is standard input',
    );

const withOutput = (command: Command): Command =>
  command
    .option('--out <file>', 'write the outgoing message there, as UR text')
    .option('--qr <dir>', 'write the outgoing message there, as QR pictures');

const withMessages = (command: Command, what: string): Command =>
  command.option(
    '--message <file...>',
    `${what}: message file, UR text (- is standard input), picture of a QR code, or a folder of these`,
  );

/** `airlock online`: the one station that talks to the server. */
export function registerOnline(program: Command, terminal: Terminal): void {
  const online = program
    .command('online')
    .description('the online station: the only step that talks to the server');

  withOutput(withServer(withPassphrase(withHome(online.command('status')))))
    .description("show what the server says, and write the station message for the officer's laptop")
    .option('--rehearsal', 'mark the ceremony to come as a rehearsal')
    .action((flags: OnlineFlags) => status(terminal, flags));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('start'))))),
    "the officer's start message",
  )
    .description("begin the attempt that the officer's start message asks for, and write the attempt message")
    .action((flags: OnlineFlags) => open(terminal, flags, 'start'));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('join'))))),
    "the other station's attempt message (with a PGP key, the officer's start message will do)",
  )
    .description(
      'take part in an attempt that another station began, and write an attempt message of this one',
    )
    .action((flags: OnlineFlags) => open(terminal, flags, 'join'));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('submit'))))),
    "custodians' share messages",
  )
    .description('give share messages to the server; at the last one, write the result message')
    .option('--ceremony <words>', 'which ceremony, without a message: its two words or its id')
    .action((flags: OnlineFlags) => submit(terminal, flags));

  withServer(withPassphrase(withHome(online.command('cancel'))))
    .description('cancel the attempt, and see that it is gone')
    .option('--ceremony <words>', 'which ceremony: its two words or its id')
    .option('--nonce <nonce>', "cancel this attempt, even if it isn't ours")
    .action((flags: OnlineFlags) => cancel(terminal, flags));

  withServer(withPassphrase(withHome(online.command('revoke'))))
    .description('revoke a token, and see that the server no longer knows it')
    .option('--accessor <accessor>', "the token's accessor; needs a server token that may revoke")
    .option('--token-file <file>', 'the token itself; - is standard input (default: asks for it)')
    .option('--ceremony <words>', 'in whose transcript: its two words or its id')
    .action((flags: OnlineFlags) => revoke(terminal, flags));
}
