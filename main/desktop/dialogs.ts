import { type BrowserWindow, dialog } from 'electron';

/** The system's own dialogs. Each answers null when the person cancels. */
export interface Dialogs {
  /** Asks where to save a file. `name`: what to call it by default. */
  saveFile(title: string, name: string): Promise<string | null>;
  /** Asks for a file that is there. */
  chooseFile(title: string): Promise<string | null>;
  /** Asks for a folder, which may be made on the way. */
  chooseFolder(title: string): Promise<string | null>;
}

export function dialogsOf(window: () => BrowserWindow | null): Dialogs {
  const choose = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const parent = window();
    const { canceled, filePaths } = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  };
  return {
    async saveFile(title, name) {
      const options = { title, defaultPath: name };
      const parent = window();
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options));
      return canceled || !filePath ? null : filePath;
    },
    chooseFile: (title) => choose({ title, properties: ['openFile'] }),
    chooseFolder: (title) => choose({ title, properties: ['openDirectory', 'createDirectory'] }),
  };
}
