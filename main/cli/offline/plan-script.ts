import type { PlanDraft } from '../../../shared/ceremony/plan';
import { otherThan, takenOver } from '../../../shared/script/proposal';
import { scriptWords } from '../../../shared/script/script-hash';
import type { OfficerDesk } from '../../offline/officer/desk';
import { namedScript } from '../script/named-script';
import { proposalRows } from '../script/shown-script';
import type { Rows } from './code-out';
import type { Laptop } from './laptop';

/**
 * Has the plan go by a script of the home, or by “none”, and returns what the plan takes over from it. Throws
 * `CliError` 'usage' and 'ambiguous', `ScriptError` 'script-agreed', `StoreError`.
 */
export function chooseScript({ home, station }: Laptop, name: string): Partial<PlanDraft> {
  const { script, state } = station.officer();
  const chosen = name === 'none' ? null : namedScript(home, name);
  script.choose(chosen?.sha256 ?? null);
  return takenOver(state.draft, chosen?.script.proposes);
}

/** What `--json` says of the plan's script; null where it goes by none. */
export function planScriptJson({ script: { current } }: OfficerDesk): object | null {
  if (current === null) return null;
  const { sha256, title, version, proposes = null } = current;
  return { sha256, words: scriptWords(sha256), title, version, proposes };
}

/** The same as rows; what it proposes where the plan has something else. */
export function planScriptRows({ script: { current }, state }: OfficerDesk): Rows {
  if (current === null) return [];
  const { sha256, title, version, proposes } = current;
  return [
    ['Script', `${title}, version ${version} · ${scriptWords(sha256)}`],
    ...proposalRows(state.step === 'plan' ? otherThan(state.draft, proposes) : {}),
  ];
}
