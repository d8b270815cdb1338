/** A file as a window gets it. */
export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Asks a person for a place on disk. `null`: they cancelled. */
export interface Places {
  saveFile(title: string, suggestedName: string): Promise<string | null>;
  /** A file that is there. */
  chooseFile(title: string): Promise<string | null>;
  chooseFolder(title: string): Promise<string | null>;
  /**
   * The file that the program was started on, once; null where there is none. Throws `StationError`
   * 'file-unreadable' and 'file-too-large'.
   */
  openedFile(): Promise<PickedFile | null>;
}

/** A ceremony's report, to be printed: its style sheet stands apart, for a page that may load no other. */
export interface ReportSheet {
  /** Loads `report.css` beside it. */
  readonly page: string;
  readonly style: string;
}

/** Where a report is printed. Throws `StationError` 'not-printed'. */
export interface ReportPaper {
  pdf(report: ReportSheet): Promise<Uint8Array>;
}
