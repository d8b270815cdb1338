import type { CommandGroup } from '../parts/command-tree';

/** `airlock script`: the scripts that a home keeps for its ceremonies. */
export const script: CommandGroup = {
  name: 'script',
  summary: 'the scripts that this home keeps for its ceremonies, each with its words',
  commands: [
    {
      name: 'list',
      summary: 'list the scripts of this home',
      load: async () => (await import('./list')).defineList,
    },
    {
      name: 'show',
      takes: '<script>',
      summary: 'show a script of this home: its roles, steps and checks',
      load: async () => (await import('./show')).defineShow,
    },
    {
      name: 'check',
      takes: '<file>',
      summary: "read a script's file, show all of it, and compare its words; nothing is written",
      load: async () => (await import('./check')).defineCheck,
    },
    {
      name: 'add',
      takes: '<file>',
      summary: "take in a script's file",
      load: async () => (await import('./add')).defineAdd,
    },
    {
      name: 'export',
      takes: '<script>',
      summary: 'write a script as a file that people can read, change and take in elsewhere',
      load: async () => (await import('./export')).defineExport,
    },
    {
      name: 'remove',
      takes: '<script>',
      summary: 'forget a script; ceremonies that went by it have all of it on record',
      load: async () => (await import('./remove')).defineRemove,
    },
  ],
};
