// Prints the Electron that the tests run on as JSON, and fetches it first where there is none.
import { findElectron } from './fetch-electron.mjs';

const electron = await findElectron({ log: (line) => console.error(line) });
console.log(JSON.stringify(electron));
