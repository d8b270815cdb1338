import type { CommandGroup } from '../parts/command-tree';

/**
 * `airlock offline`: the air-gapped roles on a terminal, and single steps of them for teams that use those
 * one by one.
 */
export const offline: CommandGroup = {
  name: 'offline',
  summary: 'the air-gapped roles, and single steps of them; nothing here opens a connection',
  commands: [
    {
      name: 'plan',
      summary: "officer: make the ceremony's plan piece by piece, show it, and agree on it",
      load: async () => (await import('./plan')).definePlan,
    },
    {
      name: 'script',
      summary: 'officer: go by the script of the plan: which step is next, and how each went, for the record',
      load: async () => (await import('./script')).defineScript,
    },
    {
      name: 'start',
      summary: "officer: make the ceremony's key or one-time password, and hand out the start message",
      load: async () => (await import('./start')).defineStart,
    },
    {
      name: 'attempt',
      summary: 'officer, custodian: take in the attempt, see what was checked, and compare its words',
      load: async () => (await import('./attempt')).defineAttempt,
    },
    {
      name: 'amend',
      summary: "officer: let a reserve step in for a custodian who can't give, and hand out the amendment",
      load: async () => (await import('./amend')).defineAmend,
    },
    {
      name: 'release',
      summary: 'custodian: enter the share, release it for this attempt only, and hand it out sealed',
      load: async () => (await import('./release')).defineRelease,
    },
    {
      name: 'result',
      summary: 'officer: take in the result and decode it; the token is not shown (airlock offline token)',
      load: async () => (await import('./result')).defineResult,
    },
    {
      name: 'token',
      summary: 'officer: what is known of the token; reveal it, report it revoked, destroy its key',
      load: async () => (await import('./token')).defineToken,
    },
    {
      name: 'handoff',
      summary: 'officer: seal the token to the station whose result was taken, and hand it out for its tasks',
      load: async () => (await import('./handoff')).defineHandoff,
    },
    {
      name: 'outcome',
      summary: 'officer, custodian, witness: take in what became of the token, and open what is for you',
      load: async () => (await import('./outcome')).defineOutcome,
    },
    {
      name: 'sign-off',
      summary: 'officer, custodian: end this part, close its transcript and sign it, and ask others to',
      load: async () => (await import('./sign-off')).defineSignOff,
    },
    {
      name: 'otp',
      summary: 'make a one-time password',
      load: async () => (await import('./otp')).defineOtp,
    },
    {
      name: 'keygen',
      summary: 'make a PGP key for one ceremony: public half for the server, private half under a passphrase',
      load: async () => (await import('./keygen')).defineKeygen,
    },
    {
      name: 'share',
      takes: '<file>',
      summary:
        'check a key share (hex, base64 or the groups of a share card), or open one that was encrypted to a PGP key',
      load: async () => (await import('./share')).defineShare,
    },
    {
      name: 'decode',
      summary: 'decode an encoded token; prints the token alone',
      load: async () => (await import('./decode')).defineDecode,
    },
  ],
};
