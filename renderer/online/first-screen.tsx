import type { EntranceView } from '../../shared/ipc/entrance';
import { drawn } from '../parts/drawn';
import { App } from './app';

/** The window's first screen as markup, for the build. */
export const draw = (entrance: EntranceView): string => drawn(<App entrance={entrance} />);
