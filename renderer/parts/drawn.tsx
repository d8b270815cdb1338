import { type ReactNode, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';

/**
 * An app as markup, as a window holds it before its script has run: `openWindow` then takes over what stands
 * there. To be called while building.
 */
export const drawn = (app: ReactNode): string => renderToString(<StrictMode>{app}</StrictMode>);
