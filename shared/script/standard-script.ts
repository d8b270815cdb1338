import type { Script, ScriptRole, ScriptStep } from './script';

// What public scripts of key ceremonies record (root zone, certification authorities), for a ceremony of this
// program, in our own words. A team exports it, changes it, and takes it in again as its own.

const OFFICER = 'officer';
const WITNESS = 'witness';
const CUSTODIAN = 'custodian';
const OPERATOR = 'operator';
const SAFE = 'safe controller';
const ROOM = 'room attendant';

const roles: readonly ScriptRole[] = [
  { name: OFFICER, duty: 'Reads each step aloud, and does it or has it done.', plays: 'officer' },
  {
    name: WITNESS,
    duty: 'Sees to it that the script is followed, and to every deviation.',
    plays: 'witness',
  },
  { name: CUSTODIAN, duty: 'Holds a key share, and releases it for this attempt alone.', plays: 'custodian' },
  { name: OPERATOR, duty: 'Works the online station, and holds no share.', plays: 'operator' },
  { name: SAFE, duty: 'Opens the safe, hands the bags out, and takes them back.' },
  { name: ROOM, duty: 'Looks after the room, its door, its cameras and their recordings.' },
];

/** A step of people: a check is a line, or a line and what is written down with it. */
function step(
  by: string,
  action: string,
  expected: string,
  ...checks: readonly (string | readonly [text: string, value: string])[]
): ScriptStep {
  return {
    action,
    by,
    expected,
    checks: checks.map((check) =>
      typeof check === 'string' ? { text: check } : { text: check[0], value: check[1] },
    ),
  };
}

/** A step that the program records by itself; its checks are for people all the same. */
const own = (kind: NonNullable<ScriptStep['own']>, ...of: Parameters<typeof step>): ScriptStep => ({
  ...step(...of),
  own: kind,
});

const bag = (what: string): readonly (string | readonly [string, string])[] => [
  [`Serial number of ${what}`, 'serial number'],
  ['Number of its tamper-evident bag, as last recorded', 'bag number'],
  ['Where that number was last recorded', 'record'],
  'The bag is whole: two people have looked',
];

/** The script that every home has. It can be changed only as a copy. */
export const standardScript: Script = {
  title: 'Root-token ceremony',
  version: '1',
  about:
    'For a ceremony in one room with a safe. Two people at least are with anything secret at all times. Nobody has two roles.',
  roles: [...roles],
  sections: [
    {
      title: 'Plan and people',
      signs: [OFFICER, WITNESS],
      steps: [
        own(
          'server-known',
          OFFICER,
          'Take the station’s code into the plan.',
          'The server, its version and its threshold are those of the plan.',
        ),
        own(
          'plan-agreed',
          OFFICER,
          'Agree on the plan: why, for which server, by whom, what the token may be used for.',
          'The plan was approved before today by those who may approve it.',
          ['Approved by', 'name and date'],
        ),
        step(
          ROOM,
          'Have everyone sign in: name, role, organisation, time.',
          'Everybody of the plan is here, or their substitute is.',
          'Everyone’s identity document was looked at',
          'Nobody has two roles',
          ['Substitutes, named beforehand', 'names'],
        ),
        step(
          OFFICER,
          'Say what happens today, in which order, and how a deviation is recorded.',
          'Everyone has a copy of this script, in the same version.',
          'The four words of the script were read aloud and compared',
        ),
      ],
    },
    {
      title: 'Room',
      signs: [WITNESS, ROOM],
      steps: [
        step(
          ROOM,
          'Show the ways out, and what to do in an emergency.',
          'Everyone knows where to go; secrets stay covered or are destroyed first.',
        ),
        step(
          ROOM,
          'Start cameras and the log of the door.',
          'Cameras see the table and the door, and no screen with a secret.',
          ['Recording', 'number'],
          'Telephones and other devices are outside',
        ),
        step(
          WITNESS,
          'Compare the clocks of the room, the laptops and the station; name the one that counts.',
          'All clocks are within a minute of each other.',
          ['The ceremony’s clock', 'which'],
          ['Largest difference', 'seconds'],
        ),
      ],
    },
    {
      title: 'Equipment out of the safe',
      signs: [SAFE, WITNESS],
      steps: [
        step(
          SAFE,
          'Hand out the officer’s laptop.',
          'Serial and bag number are those last recorded.',
          ...bag('the laptop'),
        ),
        step(
          SAFE,
          'Hand out the medium that the laptop starts from.',
          'Serial and bag number are those last recorded.',
          ...bag('the medium'),
        ),
        step(
          CUSTODIAN,
          'Bring the laptops and shares of the custodians to the table.',
          'Each bag is whole, and each custodian has their own.',
          ['Bag numbers', 'bag numbers'],
          'The bags are whole: two people have looked',
        ),
      ],
    },
    {
      title: 'Machine',
      signs: [OFFICER, WITNESS],
      steps: [
        step(
          OFFICER,
          'Read the digest of the image aloud, in words; another person compares.',
          'It is the digest that was published with the release.',
          ['How the image was made, and by whom', 'record'],
          'The digests are the same',
        ),
        step(
          OFFICER,
          'Start the laptop, and show what is plugged in.',
          'Power, and nothing that isn’t needed.',
          ['What is plugged in', 'list'],
        ),
        step(
          WITNESS,
          'See that no network is there.',
          'The window says at its top that the laptop is offline.',
          'No cable, and radio is off',
          'The window says offline',
        ),
        step(
          OFFICER,
          'Read the version of Airlock aloud.',
          'It is the one that was tested in the rehearsal.',
          ['Version', 'version'],
          ['Date of the last rehearsal', 'date'],
        ),
      ],
    },
    {
      title: 'Attempt',
      signs: [OFFICER, WITNESS],
      steps: [
        own(
          'secret-made',
          OFFICER,
          'Make the ceremony’s key, or the one-time password.',
          'Its fingerprint is on the screen.',
          'The fingerprint was read aloud by one and compared by another, where there is one',
        ),
        own(
          'start-shown',
          OFFICER,
          'Show the start to the station.',
          'The station has taken it in.',
          'The words of the start were compared',
        ),
        own(
          'attempt-known',
          OPERATOR,
          'Start the attempt, and show it to all laptops.',
          'Every laptop shows the same words.',
          'The words of the attempt were compared by everyone',
        ),
      ],
    },
    {
      title: 'Shares',
      signs: [CUSTODIAN, WITNESS],
      steps: [
        step(
          CUSTODIAN,
          'Check the attempt against the plan, each on their own laptop.',
          'Nothing differs.',
          'Each custodian has said so aloud',
        ),
        own(
          'shares-collected',
          OPERATOR,
          'Submit the released shares, and bring the result back.',
          'The server has its quorum, and the officer’s laptop has the result.',
        ),
      ],
    },
    {
      title: 'Token',
      signs: [OFFICER, OPERATOR, WITNESS],
      steps: [
        own('token-decoded', OFFICER, 'Decode the token.', 'Length, prefix and alphabet fit.'),
        own(
          'token-passed-on',
          OFFICER,
          'Hand the token over to the station, or show it to whoever uses it.',
          'Nobody else sees it.',
        ),
        step(
          OPERATOR,
          'Do the tasks of the plan, and nothing else.',
          'Each task is done.',
          'The operator has read the result of each task aloud',
        ),
        own(
          'token-revoked',
          OPERATOR,
          'Revoke the token, and prove it.',
          'The server doesn’t know the token any more.',
        ),
      ],
    },
    {
      title: 'End',
      signs: [OFFICER, SAFE, WITNESS, ROOM],
      steps: [
        own(
          'secret-destroyed',
          OFFICER,
          'Destroy the ceremony’s key.',
          'The window says that it is destroyed.',
        ),
        step(
          SAFE,
          'Put the equipment into new bags and back into the safe.',
          'Each new number is read aloud and written down.',
          ['New bag number of the laptop', 'bag number'],
          ['New bag number of the medium', 'bag number'],
          ['New bag numbers of the custodians', 'bag numbers'],
        ),
        step(WITNESS, 'Destroy what isn’t kept.', 'Nothing with a secret on it leaves the room.', [
          'What was destroyed, and how',
          'list',
        ]),
        step(
          OFFICER,
          'Say who keeps the record, for how long, and who gets copies.',
          'Journals, recordings, log of the door and statements are kept apart from those whom they are about.',
          ['Kept by', 'name'],
          ['Kept until', 'date'],
          ['Copies to', 'names'],
        ),
        step(
          ROOM,
          'Have everyone sign out, and stop the cameras.',
          'Everyone who signed in has signed out.',
          ['End of the recording', 'time'],
        ),
      ],
    },
  ],
  statements: [
    {
      by: OFFICER,
      text: 'I have led this ceremony by its script, as it is written above. Whatever went another way is recorded as a deviation.',
    },
    {
      by: WITNESS,
      text: 'I have watched this ceremony from its beginning to its end. What is written above is what I saw, and I know of no deviation that is not recorded.',
    },
    {
      by: CUSTODIAN,
      text: 'I have had my share with me or in its bag at all times, and have released it for this attempt alone.',
    },
    {
      by: OPERATOR,
      text: 'I have used the token for the tasks of the plan and for nothing else, and it is revoked.',
    },
    {
      by: SAFE,
      text: 'I have handed out and taken back what is written above, in whole bags of these numbers.',
    },
    {
      by: ROOM,
      text: 'Nobody came or went but as the log of the door says, and the recordings are complete.',
    },
  ],
};
