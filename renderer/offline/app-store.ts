import type { AppState } from '../../shared/ipc/offline/app-state';
import { mirroredState } from '../parts/bridge/mirrored-state';

/** The air-gapped app's state, as its main process last told it. */
export const useAppStore = mirroredState<AppState>();
