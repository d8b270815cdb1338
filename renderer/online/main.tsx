import { openWindow } from '../parts/open-window';
import { App, screens } from './app';

void openWindow((entrance) => <App entrance={entrance} />, screens.read);
