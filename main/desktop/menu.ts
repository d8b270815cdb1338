import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * Editing, zoom and quitting. Nothing reloads a page or opens the developer's tools, unless in development.
 */
export function setMenu(packaged: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ];
  if (!packaged) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: 'Airlock', submenu: [{ role: 'quit' }] },
      { label: 'Edit', submenu: edit },
      { label: 'View', submenu: view },
    ]),
  );
}
