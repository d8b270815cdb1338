import './styles/index.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import type { EntranceView } from '../../shared/ipc/entrance';
import { keepPreferences } from './bridge/kept-preferences';
import { askForEntrance, mirrorState } from './bridge/mirrored-state';
import { tellOfUse } from './guard/use';

/** How long a window waits for its first frame, milliseconds: in the background it has none. */
const withoutFrame = 500;

/**
 * Draws an app into its window, and keeps the main process's state on it. Called once. `app`: by whose
 * station it is, as far as that is known. `readScreens`: reads the code of the screens behind the entrance.
 */
export async function openWindow(
  app: (entrance: EntranceView | null) => ReactNode,
  readScreens: () => void,
): Promise<void> {
  // A file dropped where nothing takes it must not replace the window's page.
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => event.preventDefault());

  const root = document.getElementById('root');
  const entrance = await askForEntrance();
  if (root !== null) draw(root, <StrictMode>{app(entrance)}</StrictMode>);
  // The main process reads most of its program to answer these: the first screen comes before that.
  const goOn = once(() => {
    mirrorState();
    tellOfUse();
    void keepPreferences();
    readScreens();
  });
  if (entrance === null) return goOn();
  requestAnimationFrame(() => setTimeout(goOn));
  setTimeout(goOn, withoutFrame);
}

/** The page may come with its first screen in it (`vite.first-screens.ts`). */
function draw(root: HTMLElement, app: ReactNode): void {
  if (root.firstChild === null) createRoot(root).render(app);
  else hydrateRoot(root, app);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
