import type { Plugin } from 'vite';

/**
 * Refuses a window's script with schemas in it. What comes through the bridge was parsed on the other side,
 * and a window starts sooner without. Types of a module that has schemas may be imported, its values not.
 */
export function noSchemas(): Plugin {
  return {
    name: 'airlock:no-schemas',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle))
        if (output.type === 'chunk' && output.moduleIds.some((id) => id.includes('/node_modules/zod/')))
          this.error(`${output.fileName} has zod in it: see what a screen imports of shared.`);
    },
  };
}
