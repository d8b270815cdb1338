import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding';

/** Node's modules that reach a network, by themselves or by way of another process, thread or debugger. */
const reaching: ReadonlySet<string> = new Set([
  ...['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises', 'undici', 'inspector'],
  ...['inspector/promises', 'child_process', 'cluster', 'worker_threads', 'wasi'],
]);

/** Reads what a program's own code asks Node for. `folder`: where its bundles lie. */
export function lookAtOwnCode(folder: string): Finding {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
    return judgeCode(files.map((name) => readFileSync(join(folder, name), 'utf8')));
  } catch {
    return { state: 'unknown', found: ['Airlock’s own files could not be read.'] };
  }
}

/** The same of the text of its files. */
export function judgeCode(texts: readonly string[]): Finding {
  const asked = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:require|import)\(\s*["'`](?:node:)?([^"'`]+)["'`]\s*\)/g)].map(
      ([, name = '']) => name,
    ),
  );
  const modules = [...new Set(asked)].filter((name) => !name.startsWith('./')).sort();
  const wrong = modules.filter((name) => reaching.has(name));
  if (wrong.length > 0) {
    return { state: 'open', found: [`Airlock’s code asks for what reaches a network: ${wrong.join(', ')}.`] };
  }
  return {
    state: 'holds',
    found: [
      `${texts.length} files of code were read. They ask for ${modules.join(', ')}, and for nothing that opens a connection.`,
    ],
  };
}
