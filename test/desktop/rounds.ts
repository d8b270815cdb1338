import { join } from 'node:path';
import type { Person } from './person';

const pictures = join('docs', 'pictures');

/** Takes a picture for the README, where the run is for that (CONTRIBUTING.md). */
export async function takePicture(person: Person, name: string): Promise<void> {
  if (!process.env['AIRLOCK_PICTURES']) return;
  await person.page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Everyone shows their code, and everyone else takes it in and hears the six words from its owner. */
export async function introduceAll(people: readonly Person[]): Promise<void> {
  const shown: { readonly name: string; readonly code: string; readonly words: string }[] = [];
  for (const person of people) {
    shown.push({ name: person.name, code: await person.shownMessage(), words: await person.ownWords() });
  }
  for (const { name, code, words } of shown) {
    for (const person of people) if (person.name !== name) await person.meet(code, words);
  }
}

/** The officer fills in the plan. `everyone`: who takes part, by name. */
export async function planWith(
  officer: Person,
  method: 'pgp' | 'otp',
  everyone: readonly string[],
): Promise<void> {
  await officer.type('Name of the ceremony', 'Re-enable OIDC');
  await officer.type('Why a root token is needed', 'The tenant of the identity provider changed');
  await officer.type('Change ticket', 'CHG-4471');
  for (const name of everyone) await officer.tick('checkbox', new RegExp(`^${name} ·`));
  if (method === 'otp') await officer.tick('radio', /one-time password/i);
}
