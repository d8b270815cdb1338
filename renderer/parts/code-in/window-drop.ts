/**
 * Takes files dropped anywhere on the window, and what is pasted outside a field: pictures, files or text.
 */
export function listenToDrops(on: {
  readonly files: (files: File[]) => void;
  readonly text: (text: string) => void;
  readonly over: (over: boolean) => void;
}): () => void {
  const drag = (event: DragEvent) => {
    event.preventDefault();
    on.over(true);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) on.over(false);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    on.over(false);
    take(event.dataTransfer);
  };
  const paste = (event: ClipboardEvent) => {
    const target = event.target;
    const inField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const files = event.clipboardData?.files.length ?? 0;
    // What is pasted into a field stays there, unless it is a code: its field has but one line.
    const isCode = /(?<![a-z0-9])ur:[a-z0-9-]+\//iu.test(event.clipboardData?.getData('text/plain') ?? '');
    if (inField && files === 0 && !isCode) return;
    event.preventDefault();
    take(event.clipboardData);
  };
  const take = (data: DataTransfer | null) => {
    if (data === null) return;
    if (data.files.length > 0) return on.files([...data.files]);
    const text = data.getData('text/plain');
    if (text.trim() !== '') on.text(text);
  };
  window.addEventListener('dragover', drag);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  window.addEventListener('paste', paste);
  return () => {
    window.removeEventListener('dragover', drag);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
    window.removeEventListener('paste', paste);
  };
}
