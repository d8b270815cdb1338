import type { TranscriptFolder } from '../../../shared/transcript/verdict';
import { byName, type FolderSource, type Listed, transcriptIn } from '../../store/transcript-folder';
import type { EvidenceFile } from './bundle';

/** The files as the transcript that they are, as if they lay in a folder. */
export const transcriptOf = (files: readonly EvidenceFile[]): TranscriptFolder =>
  transcriptIn(folderInMemory(files));

/** The files as a folder to read from. */
export function folderInMemory(all: readonly EvidenceFile[]): FolderSource {
  const files = new Map(all.map((file) => [file.path, file]));
  const folders = new Map<string, Map<string, Listed>>([['', new Map()]]);
  for (const { path } of all) {
    const parts = path.split('/');
    parts.forEach((name, i) => {
      const folder = parts.slice(0, i).join('/');
      const inside = folders.get(folder) ?? new Map<string, Listed>();
      inside.set(name, { name, kind: i === parts.length - 1 ? 'file' : 'folder' });
      folders.set(folder, inside);
    });
  }
  return {
    list: (folder) => [...(folders.get(folder)?.values() ?? [])].sort(byName),
    read: (path) => files.get(path)?.bytes ?? null,
    digest: (path) => files.get(path)?.sha256,
  };
}
