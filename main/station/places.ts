/** Asks a person for a place on disk. `null`: they cancelled. */
export interface Places {
  saveFile(title: string, suggestedName: string): Promise<string | null>;
  chooseFolder(title: string): Promise<string | null>;
}
