import './styles/index.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepPreferences } from './bridge/kept-preferences';
import { askForEntrance, mirrorState } from './bridge/mirrored-state';
import { tellOfUse } from './guard/use';

/** How long a window waits for its first frame, milliseconds: in the background it has none. */
const withoutFrame = 500;

/**
 * Draws an app into its window, and keeps the main process's state on it. Called once. `readScreens`: reads
 * the code of the screens behind the entrance.
 */
export async function openWindow(app: ReactNode, readScreens: () => void): Promise<void> {
  // A file dropped where nothing takes it must not replace the window's page.
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => event.preventDefault());

  const root = document.getElementById('root');
  const known = await askForEntrance();
  if (root !== null) createRoot(root).render(<StrictMode>{app}</StrictMode>);
  // The main process reads most of its program to answer these: the first screen comes before that.
  const goOn = once(() => {
    mirrorState();
    tellOfUse();
    void keepPreferences();
    readScreens();
  });
  if (!known) return goOn();
  requestAnimationFrame(() => setTimeout(goOn));
  setTimeout(goOn, withoutFrame);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
