// Who may import whom: docs/design.md, “Where the code lives”, as rules. `npm run check` holds them.

const network =
  '^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises|undici|inspector|child_process|cluster|worker_threads)$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment: 'The domain imports nothing of ours but itself, nothing of Node’s, and no Electron.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(main|preload|renderer|test)/|^node_modules/(electron|react)' },
    },
    {
      name: 'shared-has-no-io',
      comment: 'What the domain needs from the outside is handed to it.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-know-only-shared',
      comment: 'A window reaches the rest through the bridge, never by an import.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload|test)/|^node_modules/electron' },
    },
    {
      name: 'screens-have-no-node',
      comment: 'A window has no Node.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'preload-knows-only-shared',
      comment: 'The bridge is sandboxed: Electron’s part of it, and types of shared.',
      severity: 'error',
      from: { path: '^preload/' },
      to: { pathNot: '^(preload|shared)/|^node_modules/electron' },
    },
    {
      name: 'air-gap',
      comment: 'What the air-gapped app is made of can’t reach the online side, whatever lies between.',
      severity: 'error',
      from: { path: '^main/offline\\.ts$' },
      to: { path: '^main/(online|operator|rehearsal|cli)(/|\\.ts$)', reachable: true },
    },
    {
      name: 'air-gap-network',
      comment: 'Nor can it reach a module of Node’s that opens connections, or starts something that could.',
      severity: 'error',
      from: { path: '^main/offline\\.ts$' },
      to: { path: network, reachable: true },
    },
    {
      name: 'air-gapped-folders',
      comment: 'The air-gapped side’s folders know neither the online side nor the network.',
      severity: 'error',
      from: { path: '^main/(offline|station|desktop|store)/' },
      to: { path: `^main/(online|operator|rehearsal|cli)/|${network}` },
    },
    {
      name: 'station-is-below-both',
      comment: 'What any station does knows neither app.',
      severity: 'error',
      from: { path: '^main/station/' },
      to: { path: '^main/(offline|online|operator|cli|desktop)/' },
    },
    {
      name: 'parts-know-neither-app',
      comment: 'What both windows are made of knows neither, and neither window knows the other.',
      severity: 'error',
      from: { path: '^renderer/(parts|offline|online)/' },
      to: { path: '^renderer/(offline|online)/', pathNot: '^renderer/$1/' },
    },
    {
      name: 'network-has-one-place',
      comment: 'Only main/online/server speaks HTTP; the rehearsal server answers it.',
      severity: 'error',
      from: { pathNot: '^(main/(online/server|rehearsal)|test)/' },
      to: { path: '^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises|undici)$' },
    },
    {
      name: 'rehearsal-has-its-places',
      comment:
        'A server for rehearsals is started by the command line, or at the operator’s desk; nothing else knows it.',
      severity: 'error',
      from: { pathNot: '^(main/rehearsal|main/cli|test)/|^main/cli\\.ts$|^main/operator/rehearsal\\.ts$' },
      to: { path: '^main/rehearsal/' },
    },
    {
      name: 'electron-has-one-place',
      comment: 'The station works without windows: the command line and tests run it too.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/desktop/|^main/(offline|online)\\.ts$' },
      to: { path: '^node_modules/electron' },
    },
    {
      name: 'online-server-is-the-ground',
      comment: 'What speaks to the server knows nothing of ceremonies.',
      severity: 'error',
      from: { path: '^main/online/server/' },
      to: {
        path: '^main/online/((introduction|attempt|share|token)/|online-station\\.ts$|station-context\\.ts$)',
      },
    },
    {
      name: 'online-introduction-is-below',
      comment: 'A station introduces itself before there is an attempt.',
      severity: 'error',
      from: { path: '^main/online/introduction/' },
      to: { path: '^main/online/(attempt|share|token)/' },
    },
    {
      name: 'online-attempt-is-below',
      comment: 'An attempt knows how many shares were counted, not how they got here.',
      severity: 'error',
      from: { path: '^main/online/attempt/' },
      to: { path: '^main/online/share/' },
    },
    {
      name: 'online-token-is-below',
      comment: 'What is done to a token asks for no attempt and no share: it may be a stranger’s token.',
      severity: 'error',
      from: { path: '^main/online/token/' },
      to: { path: '^main/online/(attempt|share|introduction)/' },
    },
    {
      name: 'online-station-is-on-top',
      comment: 'The rooms don’t know who calls them.',
      severity: 'error',
      from: { path: '^main/online/[^/]+/' },
      to: { path: '^main/online/online-station\\.ts$' },
    },
    {
      name: 'offline-desks-are-apart',
      comment: 'What one role does at an air-gapped station needs nothing of what another does there.',
      severity: 'error',
      from: { path: '^main/offline/(officer|custodian|witness)/' },
      to: { path: '^main/offline/(officer|custodian|witness)/', pathNot: '^main/offline/$1/' },
    },
    {
      name: 'offline-station-is-on-top',
      comment: 'The rooms don’t know who calls them.',
      severity: 'error',
      from: { path: '^main/offline/[^/]+/' },
      to: { path: '^main/offline/(offline-station|handlers)\\.ts$' },
    },
    {
      name: 'commands-are-apart',
      comment: 'A command’s room knows no other command; only a rehearsal plays everyone.',
      severity: 'error',
      from: { path: '^main/cli/(identity|offline|online|qr|transcript)/' },
      to: { path: '^main/cli/(identity|offline|online|qr|transcript|rehearse)/', pathNot: '^main/cli/$1/' },
    },
    {
      name: 'report-is-no-part-of-a-command',
      comment: 'The page is drawn for whoever asks.',
      severity: 'error',
      from: { path: '^main/report/' },
      to: { path: '^main/(cli|online|offline|desktop|rehearsal)(/|\\.ts$)' },
    },
    {
      name: 'stations-know-no-command',
      comment: 'The command line calls the stations, and never the other way round.',
      severity: 'error',
      from: { path: '^main/(online|offline|store|qr|rehearsal)/' },
      to: { path: '^main/cli(/|\\.ts$)' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(main|preload|renderer|shared)/' },
      to: { path: '^test/' },
    },
    {
      name: 'online-rooms',
      comment:
        'The station’s rooms build on each other one way: share, attempt, introduction and token, server.',
      severity: 'error',
      from: { path: '^main/online/(server|introduction|token|attempt)/' },
      to: {
        path: '^main/online/(server|introduction|token|attempt|share)/',
        pathNot: [
          '^main/online/$1/',
          '^main/online/server/',
          // An attempt needs the station’s one-time key, and says how to sweep for an orphan root token.
          '^main/online/(introduction|token)/(?:sealing-key|kept|expired|orphan-sweep)\\.ts$',
        ],
      },
    },
    {
      name: 'online-server-is-the-lowest-room',
      comment: 'Only the room of the server knows a socket, and it knows no other room.',
      severity: 'error',
      from: { path: '^main/online/server/' },
      to: { path: '^main/online/(introduction|token|attempt|share)/' },
    },
    {
      name: 'no-circles',
      comment: 'Two modules may name each other’s types, but not run each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      comment: 'Vite’s suffixes for files that are no modules are not seen through.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|inline|raw)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
