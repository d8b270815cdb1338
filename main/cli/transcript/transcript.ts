import type { CommandGroup } from '../parts/command-tree';

/** `airlock transcript`: how a station without a window closes its journal, and what an auditor asks. */
export const transcript: CommandGroup = {
  name: 'transcript',
  summary: 'the record of ceremonies',
  commands: [
    {
      name: 'sign-off',
      summary: 'close the journal: write its checkpoint, sign it, and ask others to sign it too',
      load: async () => (await import('./sign-off')).defineSignOff,
    },
    {
      name: 'sign',
      takes: '<file...>',
      summary: "sign another station's checkpoint, once its words were compared",
      load: async () => (await import('./sign')).defineSign,
    },
    {
      name: 'take',
      takes: '<file...>',
      summary:
        "keep others' signatures over this station's checkpoint, what witnesses signed, and other stations' journals",
      load: async () => (await import('./take')).defineTake,
    },
    {
      name: 'log',
      summary: 'carry the closed journal over as a code, where no file may leave this machine',
      load: async () => (await import('./log')).defineLog,
    },
    {
      name: 'show',
      summary: 'show the journal so far to a witness, in the middle of a ceremony',
      load: async () => (await import('./show')).defineShow,
    },
    {
      name: 'followed',
      summary: "a witness's: what is on record at the stations whose journals were taken, in words",
      load: async () => (await import('./followed')).defineFollowed,
    },
    {
      name: 'deviation',
      takes: '<text>',
      summary: "a witness's: note what went otherwise than it should",
      load: async () => (await import('./deviation')).defineDeviation,
    },
    {
      name: 'witness',
      takes: '<station>',
      summary: "a witness's: sign for a station's journal as far as it was taken, with all deviations",
      load: async () => (await import('./witness')).defineWitness,
    },
    {
      name: 'archive',
      takes: '<dir>',
      summary:
        "add this station's transcript to an archive folder, and journals that were taken, with verify.sh",
      load: async () => (await import('./archive')).defineArchive,
    },
    {
      name: 'verify',
      takes: '<path...>',
      summary:
        'say whether each archive is proven, incomplete (something is missing) or broken (something contradicts), and what is wrong',
      load: async () => (await import('./verify')).defineVerify,
    },
    {
      name: 'report',
      takes: '<folder>',
      summary: 'draw the ceremony on one page: report.html in the folder, for whoever has no Airlock',
      load: async () => (await import('./report')).defineReport,
    },
  ],
};
