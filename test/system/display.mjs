import { spawn } from 'node:child_process';

/**
 * Starts a display without a screen where there is none, on a number that is free.
 * @returns {Promise<{ display: string | undefined, close: () => void }>}
 */
export async function provideDisplay() {
  const { DISPLAY } = process.env;
  if (DISPLAY || process.platform !== 'linux') return { display: DISPLAY, close: () => {} };
  const options = ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  /** @type {Promise<string>} */
  const announced = new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it had a display`)));
    server.stdio[3]?.once('data', (data) => resolve(data.toString().trim()));
  });
  const number = await announced;
  server.removeAllListeners('exit');
  return { display: `:${number}`, close: () => server.kill() };
}
