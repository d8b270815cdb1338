import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBaoProgram } from '../real/openbao-program';
import type { Server } from './api';

/** What a command printed, and its exit code. */
export interface Printed {
  readonly typed: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** OpenBao's own command line, 2.7.2, at a server: each call is kept, with what it printed. */
export class BaoClient {
  readonly printed: Printed[] = [];
  readonly #home = mkdtempSync(join(tmpdir(), 'airlock-bao-home-'));

  constructor(readonly server: Server) {}

  /** Types `bao` and these words, as root unless a token is named. */
  async type(args: readonly string[], token = this.server.rootToken): Promise<Printed> {
    const program = await openBaoProgram('2.7.2');
    const env = { HOME: this.#home, BAO_ADDR: this.server.address, BAO_TOKEN: token };
    const printed = await new Promise<Printed>((resolve) => {
      execFile(program, [...args], { env }, (error, stdout, stderr) =>
        resolve({
          typed: args.join(' '),
          code: typeof error?.code === 'number' ? error.code : 0,
          stdout,
          stderr,
        }),
      );
    });
    this.printed.push(printed);
    return printed;
  }

  /** The value of a line of a table that it printed, such as `Nonce`; '' where there is none. */
  static valueOf({ stdout }: Printed, name: string): string {
    const line = stdout.split('\n').find((each) => each.startsWith(`${name} `));
    return line?.slice(name.length).trim() ?? '';
  }

  /** Everything that was printed so far, with what is random named instead: addresses, tokens, nonces. */
  transcript(): string[] {
    return this.printed.map(({ typed, code, stdout, stderr }) =>
      normal(`$ bao ${typed}\n${stdout}${stderr}[${code}]`, this.server),
    );
  }

  end(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function normal(text: string, server: Server): string {
  const named = server.shares.reduce((all, share, at) => all.replaceAll(share, `SHARE-${at + 1}`), text);
  return (
    named
      .replaceAll(server.address, 'ADDRESS')
      // A share that was spoiled, or one of a namespace.
      .replaceAll(/\b[0-9a-f]{66}\b/g, 'SHARE')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replaceAll(/\b(hvr|hvs|s)\.[0-9A-Za-z]{24}(\.[0-9A-Za-z]{6})?/g, (_, prefix, place) =>
        place === undefined ? `${prefix}.TOKEN` : `${prefix}.TOKEN.PLACE`,
      )
      .replaceAll(/((?:Encoded Token|encoded_token"?:?) +"?)[A-Za-z0-9+/=]{34,}/g, '$1ENCODED')
      .replaceAll(/((?:-decode|-otp) )\S{20,}/g, '$1HIDDEN')
      .replaceAll(/(^OTP +|"otp": ")[0-9A-Za-z]{20,}/gm, '$1OTP')
      .replaceAll(/((?:accessor"?:?|-accessor) +"?)[0-9A-Za-z]{24}(\.[0-9A-Za-z]{6})?/g, '$1ACCESSOR')
      .replaceAll(/(creation_time"?:? +)\d{10}/g, '$1TIME')
      .replaceAll(/((?:Cluster Name|cluster_name"?:?) +"?)[\w-]+/g, '$1CLUSTER')
      // A namespace's id and what its tokens are called by it.
      .replaceAll(/(^id +|"id": "|map\[\] +)[0-9A-Za-z]{6}\b/gm, '$1PLACE')
      .replaceAll(/[0-9A-Za-z]{6}_root/g, 'PLACE_root')
      .replaceAll(/PGP Fingerprint +[0-9a-f]{40}/g, 'PGP Fingerprint FINGERPRINT')
  );
}
