import { openWindow } from '../parts/open-window';
import { App, screens } from './app';

void openWindow(<App />, screens.read);
