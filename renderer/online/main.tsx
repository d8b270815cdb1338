import { openWindow } from '../parts/open-window';
import { App } from './app';

openWindow(<App />);
