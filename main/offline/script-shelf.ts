import type { KeptScriptView } from '../../shared/ipc/offline/script';
import { readScriptFile, scriptFile } from '../../shared/script/script-file';
import { scriptWords } from '../../shared/script/script-hash';
import type { StationContext } from '../station/context';
import { fileSafeName } from '../store/file-name';
import { addScript, type KeptScript, listScripts, removeScript, scriptInHome } from '../store/scripts';
import { StoreError } from '../store/store-error';

/** The scripts that this laptop keeps: the standard one, and those that were taken in as files. */
export class ScriptShelf {
  constructor(private readonly context: StationContext) {}

  /** Takes a file in, or nothing of it. Throws `StationError` 'locked', `ScriptError`, `StoreError`. */
  take(bytes: Uint8Array): void {
    this.context.identity();
    addScript(this.context.home, readScriptFile(bytes));
  }

  /** Throws `StationError` 'locked', `ScriptError` 'no-script', `StoreError`. */
  remove(sha256: string): void {
    this.context.identity();
    removeScript(this.context.home, sha256);
  }

  /** A script as a file, and its name. Throws `StationError` 'locked', `ScriptError` 'no-script'. */
  file(sha256: string): { readonly name: string; readonly text: string } {
    this.context.identity();
    const { script } = scriptInHome(this.context.home, sha256);
    return {
      name: `${fileSafeName(`${script.title} ${script.version}`)}.script.json`,
      text: scriptFile(script),
    };
  }

  /** What the plan offers: nothing where the home's file isn't as it was left, which was told of by then. */
  view(): KeptScriptView[] {
    try {
      return listScripts(this.context.home).map(keptView);
    } catch (error) {
      if (error instanceof StoreError) return [];
      throw error;
    }
  }
}

const keptView = ({ sha256, script, isStandard }: KeptScript): KeptScriptView => ({
  sha256,
  words: scriptWords(sha256),
  title: script.title,
  version: script.version,
  about: script.about,
  proposes: script.proposes ?? null,
  steps: script.sections.reduce((count, { steps }) => count + steps.length, 0),
  isStandard,
});
