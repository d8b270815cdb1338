import type { CommandGroup } from '../parts/command-tree';

/** `airlock archive`: what compliance keeps, finds and proves. */
export const archive: CommandGroup = {
  name: 'archive',
  summary: 'transcripts kept for years: find them, verify them, prove that nothing was taken out',
  commands: [
    {
      name: 'add',
      takes: '<folder...>',
      summary: 'take transcripts in: these folders, and all below them that hold one',
      load: async () => (await import('./add')).defineAdd,
    },
    {
      name: 'list',
      summary: 'list ceremonies, the newest first',
      load: async () => (await import('./list')).defineList,
    },
    {
      name: 'search',
      takes: '<word...>',
      summary: 'find the ceremonies in whose journals, plans and notes all these words stand',
      load: async () => (await import('./search')).defineSearch,
    },
    {
      name: 'show',
      takes: '<ceremony>',
      summary: 'show one ceremony: its verdict, people, findings, and what the log says of it',
      load: async () => (await import('./show')).defineShow,
    },
    {
      name: 'verify',
      takes: '[ceremony...]',
      summary:
        'verify ceremonies, their evidence and the index anew, and say what changed since they were added',
      load: async () => (await import('./verify')).defineVerify,
    },
    {
      name: 'export',
      takes: '<ceremony> <dir>',
      summary: 'write a ceremony into a new folder, byte for byte as it came in, with verify.sh',
      load: async () => (await import('./export')).defineExport,
    },
    {
      name: 'report',
      takes: '<ceremony>',
      summary: 'draw a ceremony on one page',
      load: async () => (await import('./report')).defineReport,
    },
    {
      name: 'stats',
      summary: 'count ceremonies, verdicts, tokens and people, and each month',
      load: async () => (await import('./stats')).defineStats,
    },
    {
      name: 'note',
      takes: '<ceremony> <text>',
      summary: 'put a note about a ceremony into the log',
      load: async () => (await import('./note')).defineNote,
    },
    {
      name: 'hold',
      takes: '<ceremony>',
      summary: 'put a legal hold on a ceremony, or release it',
      load: async () => (await import('./hold')).defineHold,
    },
    {
      name: 'tombstone',
      takes: '<ceremony>',
      summary: 'delete evidence that has to go by law; a tombstone in the log says who did it, when and why',
      load: async () => (await import('./tombstone')).defineTombstone,
    },
    {
      name: 'people',
      summary: 'say whom you know: from then on every ceremony is verified by their keys',
      load: async () => (await import('./people')).definePeople,
    },
    {
      name: 'reindex',
      summary: 'make the index anew, from evidence and log alone',
      load: async () => (await import('./reindex')).defineReindex,
    },
    {
      name: 'head',
      summary: 'print the head of the log, with its words: keep it elsewhere',
      load: async () => (await import('./head')).defineHead,
    },
    {
      name: 'prove',
      takes: '[head]',
      summary: 'prove that all that stood under an earlier head still stands, unchanged',
      load: async () => (await import('./prove')).defineProve,
    },
    {
      name: 'serve',
      summary: 'show the archive as a page, to read only, on this machine alone',
      load: async () => (await import('./serve')).defineServe,
    },
  ],
};
