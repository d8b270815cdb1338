import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RealVault, RealVaultOptions } from './real-vault';
import { ServerProcess } from './server-process';

const run = promisify(execFile);

/** Starts `vault server` or `bao server` on in-memory storage, initializes and unseals it. */
export async function startVaultBin(
  program: string,
  folder: string,
  options: Required<RealVaultOptions>,
): Promise<RealVault> {
  const port = await freePort();
  const caFile = options.tls ? await selfSigned(folder) : undefined;
  const openBao = (await run(program, ['version'])).stdout.includes('OpenBao');
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(serverConfig(port, folder, options.tls, openBao)));
  const server = new ServerProcess(program, ['server', `-config=${config}`], folder);
  const address = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const call = (method: string, path: string, body?: object) => callApi(address, method, path, body);
  try {
    while ((await call('GET', 'sys/init').catch(() => null)) === null) {
      server.expectAlive();
      await sleep(50);
    }
    const { keys, root_token } = await call('PUT', 'sys/init', {
      secret_shares: options.shares,
      secret_threshold: options.threshold,
    });
    const shares = keys as string[];
    for (const key of shares.slice(0, options.threshold)) await call('PUT', 'sys/unseal', { key });
    while ((await call('GET', 'sys/health'))['standby'] !== false) await sleep(50);
    const { otp_length } = await call('GET', 'sys/generate-root/attempt');
    return {
      address,
      shares,
      threshold: options.threshold,
      rootToken: String(root_token),
      otpLength: Number(otp_length),
      ...(caFile === undefined ? {} : { caFile }),
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function serverConfig(port: number, folder: string, tls: boolean, openBao: boolean): object {
  const certificates = { tls_cert_file: join(folder, 'cert.pem'), tls_key_file: join(folder, 'key.pem') };
  const listener = {
    address: `127.0.0.1:${port}`,
    ...(tls ? certificates : { tls_disable: true }),
    // OpenBao ≥ 2.5.3 answers generate-root only with this (docs/server-facts.md, "Endpoints").
    ...(openBao ? { disable_unauthed_generate_root_endpoints: false } : {}),
  };
  return {
    storage: { inmem: {} },
    listener: [{ tcp: listener }],
    api_addr: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    log_level: 'error',
    ...(openBao ? {} : { disable_mlock: true }),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('no free port');
  return bound.port;
}

async function selfSigned(folder: string): Promise<string> {
  const certificate = join(folder, 'cert.pem');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', certificate];
  await run('openssl', ['req', '-x509', '-nodes', '-days', '1', ...curve, ...names, ...files]);
  return certificate;
}

/**
 * A call of the API; `null` fields and all. Certificates are of our own making here, so nothing is checked.
 */
function callApi(
  address: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const url = `${address}/v1/${path}`;
  return new Promise((resolve, reject) => {
    const options = { method, rejectUnauthorized: false };
    const request = url.startsWith('https:') ? httpsRequest(url, options) : httpRequest(url, options);
    request.on('error', reject);
    request.on('response', async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
        resolve(JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>);
      } catch (error) {
        reject(error);
      }
    });
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
