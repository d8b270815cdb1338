import { testBundle } from '../bundle.mjs';

export default testBundle('bench', 'gap', 'test/bench/gap.ts');
