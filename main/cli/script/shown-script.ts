import type { Proposal } from '../../../shared/script/proposal';
import type { Script } from '../../../shared/script/script';
import { scriptHash, scriptWords } from '../../../shared/script/script-hash';
import type { KeptScript } from '../../store/scripts';
import { counted } from '../parts/table';

type Rows = [string, string][];

/** What `--json` prints of a script in a list. */
export const scriptJson = ({ script, isStandard }: Pick<KeptScript, 'script' | 'isStandard'>) => ({
  ...headJson(script),
  standard: isStandard,
});

/** What `--json` prints of a script wherever it is named. */
export function headJson(script: Script) {
  const sha256 = scriptHash(script);
  const { title, version, about } = script;
  return { sha256, words: scriptWords(sha256), title, version, about, steps: stepsOf(script) };
}

/** What `--json` prints of a whole script. */
export const wholeJson = (script: Script) => {
  const { proposes = null, roles, sections, statements } = script;
  return { ...headJson(script), proposes, roles, sections, statements };
};

/** The rows by which people know a script. */
export function headRows(script: Script): Rows {
  const { sha256, words, title, version, about, steps } = headJson(script);
  return [
    ['Script', `${title}, version ${version}`],
    ['', about],
    ['Steps', String(steps)],
    ['SHA-256', sha256],
    ['Read aloud', words],
  ];
}

/** All that a script says, for a terminal. */
export const wholeRows = (script: Script): Rows => [
  ...headRows(script),
  ...proposalRows(script.proposes),
  ...script.roles.map(({ name, duty, plays }, i): [string, string] => [
    i === 0 ? 'Roles' : '',
    `${name}${duty === '' ? '' : `: ${duty}`}${plays === undefined ? ' (of the script alone)' : ''}`,
  ]),
  ...script.sections.flatMap(
    ({ title, signs, steps }, s): Rows => [
      [`Section ${s + 1}`, `${title}${signs.length === 0 ? '' : ` (initials: ${signs.join(', ')})`}`],
      ...steps.flatMap((step, i) => stepRows(`${s + 1}.${i + 1}`, step)),
    ],
  ),
  ...script.statements.map(({ by, text }, i): [string, string] => [
    i === 0 ? 'Sign-off' : '',
    `${by}: ${text}`,
  ]),
];

/** What a script proposes for the plan. */
export const proposalRows = ({ purpose, method }: Proposal = {}): Rows =>
  [
    purpose === undefined ? '' : `why: ${purpose}`,
    method === undefined ? '' : `method: ${method === 'pgp' ? 'PGP key' : 'one-time password'}`,
  ]
    .filter((text) => text !== '')
    .map((text, i) => [i === 0 ? 'Proposes' : '', text]);

/** What is done at a step, and what is looked at; `number`: "2.3". */
export const stepRows = (
  number: string,
  { action, by, expected, checks, own }: Script['sections'][number]['steps'][number],
): Rows => [
  [number, `${action} (${by}${own === undefined ? '' : '; fills itself in'})`],
  ['', expected],
  ...checkRows(checks),
];

/** The checks of a step, numbered as they are ticked. */
export const checkRows = (
  checks: readonly { readonly text: string; readonly value?: string | null | undefined }[],
): Rows => checks.map(({ text, value }, i) => ['', `  [${i + 1}] ${text}${value ? `: ${value}` : ''}`]);

/** "Ours, version 7 · 28 steps": a line of it. */
export const scriptLine = (script: Script): string =>
  `${script.title}, version ${script.version} · ${counted(stepsOf(script), 'step')}`;

const stepsOf = ({ sections }: Script): number => sections.reduce((sum, { steps }) => sum + steps.length, 0);
