import { testBundle } from '../../bundle.mjs';

export default testBundle('attack', 'probe', 'test/attack/hostile/probe.ts');
