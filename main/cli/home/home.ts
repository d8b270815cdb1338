import type { CommandGroup } from '../parts/command-tree';

/** `airlock home`: a person's folder on one machine, kept so that the machine may be lost. */
export const home: CommandGroup = {
  name: 'home',
  summary:
    "back up a person's home into one encrypted file, look at such a file, and put a home back from it",
  commands: [
    {
      name: 'backup',
      takes: '<file>',
      summary: 'write the home into one new file, under the passphrase of its identity',
      load: async () => (await import('./backup')).defineBackup,
    },
    {
      name: 'check',
      takes: '<file>',
      summary: 'open a backup, check all of it, and say whose it is and what is in it; nothing is written',
      load: async () => (await import('./check')).defineCheck,
    },
    {
      name: 'restore',
      takes: '<file> <folder>',
      summary: 'put a home back into a folder that is empty or not there yet, and on record that it was',
      load: async () => (await import('./restore')).defineRestore,
    },
  ],
};
