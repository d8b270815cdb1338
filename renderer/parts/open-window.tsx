import './styles/index.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepPreferences } from './bridge/kept-preferences';
import { mirrorState } from './bridge/mirrored-state';
import { tellOfUse } from './guard/use';

/** Draws an app into its window, and keeps the main process's state on it. Called once. */
export function openWindow(app: ReactNode): void {
  // A file dropped where nothing takes it must not replace the window's page.
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => event.preventDefault());

  mirrorState();
  tellOfUse();
  void keepPreferences();
  const root = document.getElementById('root');
  if (root !== null) createRoot(root).render(<StrictMode>{app}</StrictMode>);
}
