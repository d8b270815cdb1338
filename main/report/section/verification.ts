import { verdictSentence } from '../../../shared/transcript/verdict';
import { type Html, html, name } from '../html';
import type { ReportInput } from '../input';

/** What the check of the transcript found, and how to do it again without Airlock. */
export function verificationSection({ stations, verification }: ReportInput): Html {
  const { verdict, findings } = verification;
  const label = (folder: string): string =>
    verification.stations.find((station) => station.name === folder)?.label || folder;
  return html`<section aria-labelledby="verification"><h2 id="verification">Verification</h2>
<p class="${CLASSES[verdict]}"><b>${MARKS[verdict]} ${verdictSentence(verification)}</b> ${MEANINGS[verdict]}</p>
${findings.length > 0 ? html`<p>${findings.length === 1 ? 'The one thing' : `The ${findings.length} things`} that it found: see “Findings” above.</p>` : null}
<div class="wide"><table class="stacked stations"><thead><tr><th scope="col">Station</th><th scope="col">Lines</th><th scope="col">Words of its checkpoint</th><th scope="col">Signed by</th><th scope="col">SHA-256 of journal.jsonl</th></tr></thead><tbody>
${stations.map((station) => {
  const checked = verification.stations.find((each) => each.name === station.folder);
  const fitting = checked?.signers ?? [];
  const others = station.signers.filter((signer) => !fitting.includes(signer));
  return html`<tr><th scope="row" data-label="Station">${name(label(station.folder))}</th><td data-label="Lines">${checked?.lines ?? station.lines.length}</td><td class="words" data-label="Words of its checkpoint">${station.checkpointWords === '' ? 'no checkpoint' : station.checkpointWords}</td><td data-label="Signed by">${fitting.length > 0 ? fitting.join(', ') : 'nobody'}${others.length > 0 ? html` <span class="tag">does not fit: ${others.join(', ')}</span>` : null}</td><td class="mono hash" data-label="SHA-256 of journal.jsonl">${station.journalSha256 === '' ? 'no journal' : station.journalSha256}</td></tr>
`;
})}</tbody></table></div>
<h3>Do it again, without Airlock</h3>
<p>This page is a drawing of the journals, and nobody has signed it: the journals count. Have the archive folder on a machine with <code>sha256sum</code>, <code>jq</code> and <code>gpg</code>, as every Linux has them, and type in there:</p>
<pre>sh verify.sh</pre>
<p>Its last line has to be: <b>${verdictSentence(verification)}</b> Then:</p>
<ol class="by-hand"><li>Take a <code>verify.sh</code> from a release of Airlock rather than the one in the folder, which came with the folder.</li>
<li>Compare the SHA-256 of each journal with the table above, if this page came to you another way than the folder.</li>
<li>Ask each person for the six words of their key, or for its fingerprint: the keys in the folder came with the folder.</li></ol>
<p>Or by hand, here for the first station; the others go the same way:</p>
<pre>${byHand(stations).map((command) => html`${command}\n`)}</pre>
</section>`;
}

const CLASSES = { proven: 'ok', incomplete: 'warn', broken: 'bad' } as const;
const MARKS = { proven: '✓', incomplete: '!', broken: '✗' } as const;
const MEANINGS = {
  proven:
    'Every chain is whole and covered by its signed checkpoint, every message is accounted for at both ends, and a quorum of custodians is on record.',
  incomplete: 'Have what is missing added before you rely on it.',
  broken: 'Do not rely on it before each of these is explained.',
} as const;

function byHand(stations: ReportInput['stations']): string[] {
  const station = stations[0];
  if (station === undefined) return [];
  const signers = station.signers.length > 0 ? station.signers : ['NAME'];
  return [
    'export GNUPGHOME="$(mktemp -d)"              # leaves your own keyring alone',
    'gpg --import keys/*.asc',
    `cd ${quoted(`./${station.folder}`)}`,
    'sha256sum journal.jsonl                      # the sha256 of checkpoint.txt',
    "tail -n 1 journal.jsonl | tr -d '\\n' | sha256sum    # its head",
    'cat checkpoint.txt',
    ...signers.map((signer) => `gpg --verify ${quoted(`checkpoint.txt.${signer}.asc`)} checkpoint.txt`),
  ];
}

/** For a shell, whatever the folder is called: people copy these commands. */
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
