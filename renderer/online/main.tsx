import '../parts/styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepPreferences } from '../parts/bridge/kept-preferences';
import { mirrorState } from '../parts/bridge/mirrored-state';
import { App } from './app';

// A file dropped where nothing takes it must not replace the window's page.
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => event.preventDefault());

mirrorState();
void keepPreferences();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
