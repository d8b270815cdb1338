import type { TranscriptFolder } from '../../../shared/transcript/verdict';
import { byName, type FolderSource, type Listed, transcriptIn } from '../../store/transcript-folder';
import type { EvidenceFile } from './bundle';

/** The files as the transcript that they are, as if they lay in a folder. */
export const transcriptOf = (files: readonly EvidenceFile[]): TranscriptFolder =>
  transcriptIn(folderInMemory(files));

/** The files as a folder to read from. */
export function folderInMemory(files: readonly EvidenceFile[]): FolderSource {
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const folders = new Map<string, Map<string, Listed>>([['', new Map()]]);
  for (const { path } of files) {
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
    read: (path) => bytes.get(path) ?? null,
  };
}
