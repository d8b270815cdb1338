import type { OnlineState } from '../../shared/ipc/online/app-state';
import { mirroredState } from '../parts/bridge/mirrored-state';

/** The online station's state, as its main process last told it. */
export const useOnlineStore = mirroredState<OnlineState>();
