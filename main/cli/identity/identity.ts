import type { CommandGroup } from '../parts/command-tree';

/** `airlock identity`: who this home belongs to, and whom it knows. */
export const identity: CommandGroup = {
  name: 'identity',
  summary: 'the signing identity of this home, and the people it knows',
  commands: [
    {
      name: 'create',
      summary: 'make the signing identity of this home, under a passphrase',
      load: async () => (await import('./create')).defineCreate,
    },
    {
      name: 'show',
      summary: 'show the identity, for others to take in and compare',
      load: async () => (await import('./show')).defineShow,
    },
    {
      name: 'add',
      takes: '<file...>',
      summary: "take in other people's identities, once their six words were compared",
      load: async () => (await import('./add')).defineAdd,
    },
    {
      name: 'list',
      summary: 'list the people whom this home knows',
      load: async () => (await import('./list')).defineList,
    },
    {
      name: 'remove',
      takes: '<name>',
      summary: 'forget a person',
      load: async () => (await import('./remove')).defineRemove,
    },
  ],
};
