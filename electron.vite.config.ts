import { desktopBuild } from './vite.desktop';
import { noNetwork } from './vite.no-network';

/** The air-gapped app. Its main bundle has no way to a network in it. */
export default desktopBuild('offline', [noNetwork()]);
