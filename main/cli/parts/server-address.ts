import type { Command } from 'commander';
import { CliError } from './cli-error';

/** Which server, and which of its namespaces. */
export interface AddressFlags {
  readonly server?: string;
  readonly address?: string;
  readonly namespace?: string;
}

/**
 * Adds `--server`, and `--address` and `--namespace` as `vault` and `bao` name them. `what`: what `--server`
 * is for.
 */
export const withAddress = (command: Command, what: string): Command =>
  command
    .option('--server <url>', what)
    .option('--address <url>', 'the same as --server, by the name that vault and bao have for it')
    .option('--namespace <path>', 'namespace on the server (default: VAULT_NAMESPACE or BAO_NAMESPACE)');

/**
 * The address by whichever name it was given, and the namespace. Throws `CliError` 'usage' where both
 * differ.
 */
export function addressOf({ server, address, namespace }: AddressFlags) {
  if (server !== undefined && address !== undefined && server !== address)
    throw new CliError('usage', '--server and --address are two names of one thing. Give one of them.');
  return { server: server ?? address, namespace };
}
