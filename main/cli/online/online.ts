import type { CommandGroup } from '../parts/command-tree';

/** `airlock online`: the one station that talks to the server. */
export const online: CommandGroup = {
  name: 'online',
  summary: 'the online station: the only step that talks to the server',
  commands: [
    {
      name: 'list',
      summary: 'name the ceremonies of this home, each with its next step, without asking the server',
      load: async () => (await import('./list')).defineList,
    },
    {
      name: 'status',
      summary: "show what the server says, and write the station message for the officer's laptop",
      load: async () => (await import('./status')).defineStatus,
    },
    {
      name: 'preflight',
      summary: 'say what there is to know of the server before an attempt is begun, as advice',
      load: async () => (await import('./preflight')).definePreflight,
    },
    {
      name: 'start',
      summary: "begin the attempt that the officer's start message asks for, and write the attempt message",
      load: async () => (await import('./open')).defineStart,
    },
    {
      name: 'join',
      summary: 'take part in an attempt that another station began, and write an attempt message of this one',
      load: async () => (await import('./open')).defineJoin,
    },
    {
      name: 'amend',
      summary: 'let a reserve step in, as the officer’s amendment says, and write the attempt message anew',
      load: async () => (await import('./open')).defineAmend,
    },
    {
      name: 'submit',
      summary: 'give share messages to the server; at the last one, write the result message',
      load: async () => (await import('./submit')).defineSubmit,
    },
    {
      name: 'cancel',
      summary: 'cancel the attempt, and see that it is gone',
      load: async () => (await import('./cancel')).defineCancel,
    },
    {
      name: 'handoff',
      summary: 'take the token that the officer hands over, sealed, and look it up',
      load: async () => (await import('./tasks')).defineHandoff,
    },
    {
      name: 'tasks',
      summary: 'show the tasks of a token that was handed over, run them, revoke it, and write the outcome',
      load: async () => (await import('./tasks')).defineTasks,
    },
    {
      name: 'use',
      takes: '<what>',
      summary: 'put on record what the token was used for',
      load: async () => (await import('./use')).defineUse,
    },
    {
      name: 'note',
      takes: '<text>',
      summary: "put a sentence into the ceremony's journal, as an exception only where you say so",
      load: async () => (await import('./note')).defineNote,
    },
    {
      name: 'revoke',
      summary: 'revoke a token, and see that the server no longer knows it',
      load: async () => (await import('./revoke')).defineRevoke,
    },
    {
      name: 'token',
      summary: 'what the server says of one token',
      commands: [
        {
          name: 'lookup',
          summary: 'explain every property of a token, and put on record what is no secret of it',
          load: async () => (await import('./token-lookup')).defineTokenLookup,
        },
      ],
    },
    {
      name: 'sweep',
      summary: 'look at every token of the server, name the root tokens, and revoke those that you choose',
      load: async () => (await import('./sweep')).defineSweep,
    },
  ],
};
