import { type CeremonySurroundings, commonCeremonyView } from '../station/state-view';
import type { Desk } from './open-ceremony';

/** What is shown of every ceremony of a laptop, whoever takes part in it and wherever it stands. */
export const commonView = ({ file }: Desk, surroundings: CeremonySurroundings) =>
  commonCeremonyView(
    { idBytes: file.idBytes, paths: file.paths, lines: file.journal.entries() },
    surroundings,
  );
