import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReportInput, reportPage } from '../../../main/report/page';
import { causalOrder } from '../../../main/report/story/order';
import { fromHex, toBase64 } from '../../../shared/bytes';
import { type FindingCode, VERDICTS, verdictSentence } from '../../../shared/transcript/verdict';
import { digestWords } from '../../../shared/words';
import { ceremony, fingerprintOf, hashOf, NONCE } from './sample';

/** The page as people read it: without markup. */
const readable = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
const section = (page: string, id: string): string =>
  page.split('<section').find((part) => part.includes(`id="${id}"`)) ?? '';
/** Each cell of a table, after what stands before it where rows are cards. */
const cells = (markup: string): (readonly [label: string, text: string])[] =>
  [...markup.matchAll(/<t[hd][^>]* data-label="([^"]*)"[^>]*>(.*?)<\/t[hd]>/gs)].map(([, label, text]) => [
    label ?? '',
    readable(text ?? ''),
  ]);
const wordsOf = (subject: string): string => digestWords(fromHex(hashOf(subject)));

const PICTURES: ReportInput['pictures'] = [
  { digest: hashOf('start'), files: ['qr/03-start-1.png', 'qr/03-start-2.png'] },
];

describe('the report of an archive', () => {
  test('says what the ceremony was for, where, and by whom', () => {
    const text = readable(reportPage(ceremony().archive()));
    for (const fact of [
      'Re-enable OIDC after tenant change',
      'CHG-4471',
      'https://vault.prod-eu.example:8200',
      '3 shares needed, 3 custodians on the roster',
      `nonce ${NONCE}`,
      'Ewa Zielińska',
      'Write policy admin-oidc',
    ]) {
      expect(text).toContain(fact);
    }
  });

  test('says who witnessed what in the middle, up to where, when, what they noted, and what is wrong with that', () => {
    const scene = ceremony();
    const data = {
      name: 'Wim de Vries',
      by: fingerprintOf('Wim de Vries'),
      station: 'Station B',
      of: fingerprintOf('Otto Brandt'),
      lines: 4,
      head: hashOf('head'),
      seenAt: '2025-11-22T09:14:05.000Z',
      deviations: [{ at: '2025-11-22T09:13:00.000Z', line: 3, text: 'The <bag> was open' }],
      signature: 'AA==',
      digest: hashOf('statement'),
    };
    expect(section(reportPage(scene.archive()), 'witnessed')).toBe('');
    scene.write('Pia Lindqvist', 'witnessed', data);
    scene.write('Ewa Zielińska', 'witnessed', data);
    const fine = cells(section(reportPage(scene.archive()), 'witnessed'));
    expect(fine).toEqual([
      ['Witness', 'Wim de Vries'],
      ['Station', 'Station B'],
      ['Seen up to', 'line 4'],
      ['When, UTC', '2025-11-22 09:14:05'],
      ['Noted', '2025-11-22 09:13:00, line 3: The <bag> was open'],
      ['Kept by', expect.stringMatching(/^(Ewa’s laptop, Station C|Station C, Ewa’s laptop)$/)],
    ]);
    const pia = scene.stations().find(({ folder }) => folder === 'Station-C');
    const found = {
      station: 'Station-C',
      line: pia?.lines.length ?? 0,
      code: 'witnessed-differs' as const,
      verdict: 'broken' as const,
      message: 'It was written anew after that.',
    };
    const wrong = section(reportPage(scene.archive({ verdict: 'broken', findings: [found] })), 'witnessed');
    expect(readable(wrong)).toContain('Verification: It was written anew after that.');
  });

  test('calls a ceremony complete once the token is revoked, its key destroyed and the transcript verified', () => {
    const outcome = readable(section(reportPage(ceremony().archive()), 'outcome'));
    expect(outcome).toContain('Complete: the token is revoked');
    expect(outcome).toContain('lookup by accessor answers 403');
  });

  test('says that a token that was decoded and not revoked may be alive', () => {
    const outcome = readable(section(reportPage(ceremony({ until: 'decoded' }).archive()), 'outcome'));
    expect(outcome).toContain('A root token may still be alive');
    expect(outcome).toContain('decoded (on Station A), and the journals hold no revocation');
  });

  test.each([
    ['dr', 'the token was deleted', /DR operation token may still be alive.*Delete it at the secondary/],
    ['recovery', 'the token has ended', /recovery token may still be alive.*the server runs as usual again/],
  ] as const)(
    'says of a token of the kind “%s” how that one ends, in legend and findings',
    (tokenKind, died, finding) => {
      const scene = ceremony({ plan: { tokenKind } });
      expect(readable(section(reportPage(scene.archive()), 'timeline'))).toContain(
        `${died} secret destroyed`,
      );
      const message = 'It is alive.';
      const findings = [
        { station: '', line: null, code: 'not-revoked', verdict: 'incomplete', message },
      ] as const;
      const page = reportPage(scene.archive({ verdict: 'incomplete', findings: [...findings] }));
      const said = readable(section(page, 'findings'));
      expect(said).toMatch(finding);
      expect(said).not.toMatch(/every right on the server|revoke it/);
    },
  );

  test('does not take the word of the officer for a revocation', () => {
    const scene = ceremony({ until: 'decoded' });
    scene.write('Olga Petrenko', 'revocation-reported', {});
    const outcome = readable(section(reportPage(scene.archive()), 'outcome'));
    expect(outcome).toContain('A root token may still be alive');
    expect(outcome).toContain('no station’s journal holds the proof');
  });

  test('says that an answer of the server was lost, and with it perhaps a token', () => {
    const scene = ceremony({ until: 'started' });
    scene.write('Otto Brandt', 'answer-lost', { nonce: NONCE, what: 'the connection closed' });
    expect(readable(section(reportPage(scene.archive()), 'outcome'))).toContain(
      'a live root token may exist that nobody holds',
    );
  });

  test('says that the key was never destroyed', () => {
    const outcome = readable(section(reportPage(ceremony({ until: 'revoked' }).archive()), 'outcome'));
    expect(outcome).toContain('Not destroyed, by these journals: the ceremony’s key');
    expect(outcome).not.toContain('Complete');
  });

  test('says that no token was made where the attempt is still open', () => {
    const outcome = readable(section(reportPage(ceremony({ until: 'started' }).archive()), 'outcome'));
    expect(outcome).toContain('No root token was made');
    expect(outcome).toContain('never finished nor cancelled: 0 of 3 shares');
  });

  test('lists exceptions, refusals and unsigned crossings with the line that tells of them', () => {
    const scene = ceremony();
    scene.write('Wim de Vries', 'exception', { text: 'The projector failed.' });
    scene.write('Olga Petrenko', 'plain-crossing', { what: 'public-key', direction: 'out' });
    scene.write('Otto Brandt', 'message-refused', { code: 'stale', reason: 'It is out of date.' });
    const page = reportPage(scene.archive());
    expect(readable(section(page, 'outcome'))).toContain('The token is revoked, but read this');
    const remarks = readable(section(page, 'remarks'));
    expect(remarks).toContain('The projector failed. Witness, line 2');
    expect(remarks).toContain('public key');
    expect(remarks).toContain('It is out of date.');
  });

  test('names what the verification found, in its place and at the top', () => {
    const findings = [
      {
        station: 'Station-B',
        line: 5,
        code: 'changed-line',
        verdict: 'broken',
        message: 'Line 5 was changed.',
      },
    ] as const;
    const page = reportPage(ceremony().archive({ verdict: 'broken', findings }));
    expect(readable(section(page, 'outcome'))).toContain('This transcript is broken: something contradicts');
    expect(cells(section(page, 'findings'))).toEqual([
      ['No.', '1'],
      ['Kind', 'Contradiction'],
      ['Where', 'Station B, line 5'],
      ['What was found', 'Line 5 was changed.'],
      [
        'What it means',
        'What this journal says from here on can’t be relied on: it isn’t what its station wrote.',
      ],
      ['What settles it', 'Get the journal anew from the station, and ask who held this copy.'],
    ]);
    expect(readable(section(page, 'verification'))).toContain('The one thing that it found: see “Findings”');
    expect(readable(section(page, 'timeline'))).toContain('Verification: Line 5 was changed.');
  });

  test('has a word on what each finding means and what settles it, and on observations', () => {
    const codes = Object.keys(VERDICTS) as FindingCode[];
    const findings = codes.map((code) => ({
      station: '',
      line: null,
      code,
      verdict: VERDICTS[code],
      message: `This is ${code}.`,
    }));
    const notes = [{ station: 'Station-B', line: 3, message: 'A share crossed in the clear' }];
    const page = reportPage(ceremony().archive({ verdict: 'broken', findings, notes }));
    const shown = cells(section(page, 'findings'));
    const column = (name: string): string[] =>
      shown.flatMap(([label, text]) => (label === name ? [text] : []));
    expect(column('What was found')).toEqual([
      ...codes.map((code) => `This is ${code}.`),
      'A share crossed in the clear',
    ]);
    expect(column('Kind')).toEqual([
      ...codes.map((code) => (VERDICTS[code] === 'broken' ? 'Contradiction' : 'Gap')),
      'Observation',
    ]);
    expect(column('Where').at(-1)).toBe('Station B, line 3');
    for (const text of [...column('What it means'), ...column('What settles it')])
      expect(text).toMatch(/^[A-Z].{10,}\.$/);
    const clean = readable(section(reportPage(ceremony().archive()), 'findings'));
    expect(clean).toContain('found nothing that is missing and nothing that contradicts');
  });

  test('lists names by number that have no room over their column, and cuts none off', () => {
    const { stations, ...archive } = ceremony().archive();
    const label = 'Laptop of the deputy head of platform engineering, room 4.12';
    const renamed = stations.map((station, i) =>
      i === 1 ? { ...station, lines: station.lines.map((line) => ({ ...line, station: label })) } : station,
    );
    const drawn = section(reportPage({ ...archive, stations: renamed }), 'timeline');
    expect(drawn).toMatch(/class="timeline numbered"/);
    expect(readable(/<ol class="lane-key">.*?<\/ol>/s.exec(drawn)?.[0] ?? '')).toContain(`${label}, officer`);
    expect(drawn.match(/<div class="lane-head lane-\d+"><b>\d+<\/b><\/div>/g)).toHaveLength(stations.length);
    expect(section(reportPage(ceremony().archive()), 'timeline')).not.toContain('lane-key');
  });

  test('says under each picture what it is, from whom and to whom', () => {
    const pictures = [
      ...PICTURES,
      {
        digest: hashOf('identity'),
        type: 'identity',
        from: fingerprintOf('Otto Brandt'),
        files: ['qr/1.png'],
      },
      { digest: hashOf('other'), type: 'identity', files: ['qr/2.png'] },
    ];
    const page = section(reportPage({ ...ceremony().archive(), pictures }), 'codes');
    const captions = [...page.matchAll(/<figcaption>(.*?)<\/figcaption>/gs)].map(([, text]) =>
      readable(text ?? ''),
    );
    expect(captions).toEqual([
      `start ${wordsOf('start')} Station A → Station B, Station C first of 2 parts`,
      `identity ${wordsOf('identity')} by Otto Brandt, outside of the journals`,
      `identity ${wordsOf('other')} by somebody else, outside of the journals`,
    ]);
    expect(page.match(/<img /g)).toHaveLength(captions.length);
  });

  test('names the SHA-256 of each journal, and what verify.sh has to say in the end', () => {
    const archive = ceremony().archive();
    const verification = section(reportPage(archive), 'verification');
    const digests = cells(verification).flatMap(([label, text]) =>
      label.startsWith('SHA-256') ? [text] : [],
    );
    expect(digests).toEqual(archive.stations.map(({ journalSha256 }) => journalSha256));
    expect(readable(verification)).toContain(
      `Its last line has to be: ${verdictSentence(archive.verification)}`,
    );
  });

  test('says which signatures do not fit', () => {
    const archive = ceremony().archive();
    const stations = archive.verification.stations.map((station) => ({ ...station, signers: [] }));
    const page = reportPage({ ...archive, verification: { ...archive.verification, stations } });
    expect(readable(section(page, 'verification'))).toContain('does not fit: Olga-Petrenko, Wim-de-Vries');
  });

  test('says honestly who could learn the token', () => {
    const pgp = readable(section(reportPage(ceremony().archive()), 'facts'));
    expect(pgp).toContain('the server and the officer’s laptop (Station A) learn it, nobody else');
    expect(pgp).toContain('Station C was given the token itself');
    const plan = { method: 'otp', sameStationAllowed: true } as const;
    const otp = readable(section(reportPage(ceremony({ plan }).archive()), 'facts'));
    expect(otp).toContain('any machine that saw both the password and the encoded token');
    expect(otp).toContain('Station B started with the password and saw the encoded token');
  });
});

describe('the timeline', () => {
  test('has every message of the journals, with its words, once for each station that took it in', () => {
    const { stations } = ceremony().archive();
    const rows = section(reportPage(ceremony().archive()), 'timeline').split('<tr').slice(2).map(readable);
    const received = stations.flatMap(({ lines }) =>
      lines.flatMap((line) => (line.event === 'message-received' ? [line] : [])),
    );
    expect(received).toHaveLength(11);
    for (const line of received) {
      const words = digestWords(fromHex(line.data.digest));
      const row = rows.find(
        (each) =>
          each.includes(`${line.data.type} ${words}`) && each.includes(`${line.station} line ${line.n}`),
      );
      expect(row).toBeDefined();
    }
  });

  test('has messages that nobody took in, and says so', () => {
    const scene = ceremony();
    scene.send('Wim de Vries', 'identity', 'shown to nobody');
    scene.send('Olga Petrenko', 'start', 'an older start');
    scene.write('Olga Petrenko', 'message-withdrawn', {
      type: 'start',
      digest: hashOf('an older start'),
      reason: 'a newer one took its place',
    });
    const text = readable(section(reportPage(scene.archive()), 'timeline'));
    expect(text).toContain(`identity ${wordsOf('shown to nobody')}`);
    expect(text).toContain(`start ${wordsOf('an older start')}`);
    expect(text).toContain('taken in by no station of this archive (withdrawn: a newer one took its place)');
  });

  test('says where a message was turned away', () => {
    const scene = ceremony();
    scene.send('Olga Petrenko', 'start', 'the wrong start');
    scene.write('Otto Brandt', 'message-refused', {
      code: 'other-ceremony',
      reason: 'It belongs to another ceremony.',
      type: 'start',
      digest: hashOf('the wrong start'),
    });
    const text = readable(section(reportPage(scene.archive()), 'timeline'));
    expect(text).toMatch(/refused by Station B line \d+/);
    expect(text).not.toContain('taken in by no station');
  });

  test('has messages that came from outside of the archive', () => {
    const scene = ceremony();
    scene.receive('Wim de Vries', 'Olga Petrenko', 'start', 'from nowhere');
    const archive = scene.archive();
    const stations = archive.stations.filter(({ folder }) => folder === 'Witness');
    const text = readable(section(reportPage({ ...archive, stations }), 'timeline'));
    expect(text).toContain(`start ${wordsOf('from nowhere')}A station outside of this archive`);
  });

  test('does not give the time at which a journal repeats an earlier message as that of sending it', () => {
    const archive = ceremony().archive();
    const stations = archive.stations.map((station) => ({
      ...station,
      lines: station.lines.map((line) =>
        line.event === 'message-sent' && line.data.type === 'station'
          ? { ...line, data: { ...line.data, earlier: true as const } }
          : line,
      ),
    }));
    const row = (stations: ReportInput['stations']): string =>
      readable(section(reportPage({ ...archive, stations }), 'timeline').split('<tr')[2] ?? '');
    expect(row(archive.stations)).toMatch(/station .* shown \d\d:/);
    expect(row(stations)).toContain(`station ${wordsOf('station')}`);
    expect(row(stations)).not.toContain('shown');
  });

  test('counts the shares and marks how long a token was alive', () => {
    const timeline = section(reportPage(ceremony().archive()), 'timeline');
    expect([...timeline.matchAll(/class="count-text"[^>]*>(\d\/\d)/g)].map(([, count]) => count)).toEqual([
      '1/3',
      '1/3',
      '2/3',
      '3/3',
    ]);
    const alive = timeline.split('<tr').filter((row) => row.includes('class="alive'));
    expect(alive.map(readable).join(' ')).toContain('The token was decoded');
    expect(alive.map(readable).join(' ')).not.toContain('The token is revoked');
  });

  test('puts causes before effects, whatever the clocks say, and keeps every journal in its order', () => {
    const journals = ceremony()
      .stations()
      .map(({ lines }) => lines);
    const shifts = fc.array(fc.integer({ min: -86_400_000, max: 86_400_000 }), {
      minLength: journals.length,
      maxLength: journals.length,
    });
    fc.assert(
      fc.property(shifts, (milliseconds) => {
        const skewed = journals.map((lines, lane) =>
          lines.map((line) => ({
            ...line,
            at: new Date(Date.parse(line.at) + (milliseconds[lane] ?? 0)).toISOString(),
          })),
        );
        const ordered = causalOrder(skewed);
        const sent = new Set<string>();
        const numbers = journals.map(() => 0);
        for (const { lane, line } of ordered) {
          expect(line.n).toBe((numbers[lane] ?? 0) + 1);
          numbers[lane] = line.n;
          if (line.event === 'message-sent') sent.add(line.data.digest);
          if (line.event === 'message-received') expect(sent).toContain(line.data.digest);
        }
        expect(ordered).toHaveLength(journals.flat().length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a rehearsal', () => {
  test('is marked big, in the title and on every printed page; a ceremony is not', () => {
    const rehearsal = reportPage(ceremony({ rehearsal: true }).archive());
    expect(rehearsal).toContain('<title>REHEARSAL: ');
    expect(rehearsal).toContain('<b>REHEARSAL</b>');
    expect(rehearsal).toMatch(/class="watermark"[^>]*>REHEARSAL/);
    expect(rehearsal).toMatch(/@page\{[^}]*@bottom-left\{content:"[^"]*REHEARSAL"/);
    expect(reportPage(ceremony().archive())).not.toMatch(/REHEARSAL/);
  });
});

describe('the page itself', () => {
  const pages = [ceremony(), ceremony({ rehearsal: true, until: 'decoded' })].map((scene) =>
    reportPage({ ...scene.archive(), pictures: PICTURES }),
  );

  test('holds no script and no address that anything would be fetched from', () => {
    for (const page of pages) {
      expect(page).not.toMatch(/<script|\son\w+=|javascript:|<iframe|<link|<object|@import/i);
      const references = [...page.matchAll(/\b(?:src|href|srcset|action|poster)="([^"]*)"/g)].map(
        ([, url]) => url,
      );
      expect(references).toEqual(['qr/03-start-1.png']);
      expect(page.replace(/<(code|span|pre)[^>]*>[^<]*<\/\1>/g, '')).not.toMatch(/https?:|url\(/);
    }
  });

  test('allows by its policy its own style sheet and local pictures, and nothing else', () => {
    for (const page of pages) {
      const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
      expect(page).toContain(
        `content="default-src 'none'; img-src 'self' file:; style-src 'sha256-${toBase64(sha256(utf8.decode(style)))}';`,
      );
      expect(page).not.toMatch(/ style="/);
    }
  });

  test('shows names, remarks and folders of others as text, never as markup', () => {
    const evil = `"><img src=x onerror=alert(1)><script>alert(1)</script>'&\u202e`;
    const scene = ceremony({
      plan: { title: evil.slice(0, 60), purpose: evil, server: evil, tasks: [evil] },
    });
    scene.write('Wim de Vries', 'exception', { text: evil });
    const archive = scene.archive({
      verdict: 'broken',
      findings: [{ station: evil, line: 1, code: 'changed-line', verdict: 'broken', message: evil }],
    });
    const stations = archive.stations.map((station, i) => ({
      ...station,
      folder: `${evil}${i}`,
      signers: [evil],
      checkpointWords: evil,
      lines: station.lines.map((line) => ({ ...line, station: evil })),
    }));
    const page = reportPage({
      ...archive,
      stations,
      pictures: [{ digest: evil, type: evil, files: [evil] }],
    });
    expect(page).not.toMatch(/<script|<img src=x|\u202e/);
    expect([...page.matchAll(/<img\b/g)]).toHaveLength(1);
    expect(readable(page)).toContain('onerror=alert(1)');
  });

  test('shows pictures of the folder only', () => {
    const files = [
      'https://example.org/a.png',
      '//example.org/a.png',
      '/etc/a.png',
      '../a.png',
      'data:image/png,a',
    ];
    const pictures = files.map((file) => ({ digest: hashOf(file), files: [file] }));
    expect(reportPage({ ...ceremony().archive(), pictures })).not.toMatch(/<img/);
  });

  test('quotes folder names in the commands that people copy', () => {
    const archive = ceremony().archive();
    const stations = archive.stations.map((station) => ({ ...station, folder: "x'; rm -rf ~; '" }));
    const text = readable(reportPage({ ...archive, stations }));
    expect(text).toContain("cd './x'\\''; rm -rf ~; '\\'''");
  });

  test('comes out for an archive that holds nothing, or a journal that could not be read', () => {
    const archive = ceremony().archive({ verdict: 'broken' });
    expect(readable(reportPage({ ...archive, stations: [] }))).toContain('No journal of this archive holds');
    const stations = archive.stations.map((station) => ({ ...station, lines: [] }));
    const outcome = readable(section(reportPage({ ...archive, stations }), 'outcome'));
    expect(outcome).toContain('This transcript is broken: something contradicts');
    expect(outcome).not.toContain('No root token was made');
  });
});
