import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { newFolder, rehearsalServer } from '../../online/stage';
import { airlock, type Run, type Surroundings } from '../fake-terminal';
import { shownIdentity } from '../printed';

export const PASSPHRASE = 'correct horse battery';

/** Who takes part: everyone is introduced to everyone by one file, or by a folder of pictures. */
export async function cast() {
  const server = await rehearsalServer({ shares: 3, threshold: 2 });
  const dir = newFolder();
  const at = (...names: string[]) => join(dir, ...names);
  writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
  const roles = {
    Olga: 'officer',
    Ada: 'custodian',
    Ben: 'custodian',
    Nora: 'operator',
    Otto: 'operator',
  } as const;
  type Name = keyof typeof roles;
  const names = Object.keys(roles) as Name[];
  /** Runs `airlock ARGS` as one of them, at their own home. */
  const as = (name: Name, args: readonly string[], more: Surroundings = {}): Promise<Run> =>
    airlock([...args, '--home', at(name), '--passphrase-file', at('passphrase')], {
      ...more,
      env: { VAULT_ADDR: server.address },
    });
  const words = new Map<Name, string>();
  for (const name of names) {
    await as(name, ['identity', 'create', '--name', name, '--role', roles[name]]);
    const shown = await as(name, [
      'identity',
      'show',
      '--out',
      at(`${name}.ur`),
      '--qr',
      at(`${name}-qr`),
      '--json',
    ]);
    words.set(name, shown.as(shownIdentity).words);
  }
  for (const name of names) {
    const others = names.filter((other) => other !== name);
    const answers = others.map((other) => words.get(other) ?? '');
    const together = at(`known-to-${name}`);
    if (name === 'Olga') {
      mkdirSync(together);
      for (const [i, other] of others.entries())
        for (const [part, file] of readdirSync(at(`${other}-qr`)).entries())
          writeFileSync(join(together, `${i}-${part}.png`), readFileSync(at(`${other}-qr`, file)));
    } else {
      writeFileSync(together, others.map((other) => readFileSync(at(`${other}.ur`), 'utf8')).join(''));
    }
    const added = await as(name, ['identity', 'add', together], { answers });
    expect([added.code, added.err]).toEqual([0, expect.any(String)]);
  }
  return { server, at, as };
}
