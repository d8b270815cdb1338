import { fromHex } from '../../../shared/bytes';
import type { JournalLine } from '../../../shared/transcript/event';
import { eventWords } from '../../../shared/transcript/event-words';
import { overviewOf } from '../../../shared/transcript/overview';
import type { Report } from '../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { readKeys } from '../../../shared/transcript/verify/keys';
import { planOf } from '../../../shared/transcript/verify/plan';
import { verifyStation } from '../../../shared/transcript/verify/station';
import { ceremonyWords } from '../../../shared/words';
import type { EvidenceFile } from '../evidence/bundle';
import { transcriptOf } from '../evidence/folder-in-memory';
import type { CeremonyRow, FindingRow, PersonRow } from './tables';
import { type TokenLife, tokenLife } from './token-life';
import { soughtName, tokensOf } from './tokens';

/** What the index says of a ceremony by its evidence. Its place is given to it by whoever writes it. */
export interface Derived {
  readonly ceremony: Omit<CeremonyRow, 'place' | 'additions' | 'bytes' | 'held' | 'tombstone'>;
  readonly people: readonly Omit<PersonRow, 'place'>[];
  readonly findings: readonly Omit<FindingRow, 'place'>[];
  /** Of all that its journals say; without those of notes. */
  readonly tokens: readonly string[];
}

/**
 * Verifies a ceremony's files (those of all its additions, joined), and gathers what the index holds of it.
 * `id`: the ceremony's, as its additions have it. `pinned`: whom compliance knows; null: nobody was named.
 */
export async function derive(
  id: string,
  files: readonly EvidenceFile[],
  pinned: ReadonlySet<string> | null,
): Promise<{ readonly derived: Derived; readonly report: Report }> {
  const folder = transcriptOf(files);
  const report = await verifyTranscript(folder, pinned);
  const overview = overviewOf(folder);
  const lines = folder.stations.flatMap((station) =>
    verifyStation(station).lines.map((line) => ({ station: station.name, line })),
  );
  const plan = planOf(lines);
  const data = plan?.agreed.at(-1)?.line.data;
  const owners = new Map(lines.map(({ station, line }) => [station, line.who]));
  const { keys } = await readKeys(folder.keys, null);
  const words = ceremonyWords(fromHex(id));
  const { tokens, proved } = overview.revocation;
  const life = tokenLife(lines, tokens > 0 && proved >= tokens);
  const people = new Map<string, Omit<PersonRow, 'place'>>();
  for (const { name, role, fingerprint } of [...(plan?.people ?? []), ...strangers(lines, plan, life)]) {
    const own = new Set([...owners].filter(([, who]) => who === fingerprint).map(([station]) => station));
    people.set(`${fingerprint} ${role}`, {
      fingerprint,
      name,
      sought: soughtName(name),
      role,
      took_part: own.size > 0 ? 1 : 0,
      witnessed: witnessedBy(
        report,
        new Set(keys.filter((key) => key.fingerprint === fingerprint).map((key) => key.name)),
        own,
      ),
      held_token: life.holders.has(fingerprint) ? 1 : 0,
      handed_token: life.handed.has(fingerprint) ? 1 : 0,
      told_end: life.tellers.has(fingerprint) ? 1 : 0,
    });
  }
  return {
    report,
    derived: {
      ceremony: {
        id,
        words,
        title: overview.title,
        purpose: data?.purpose ?? '',
        ticket: overview.ticket,
        server: overview.server,
        namespace: data?.namespace ?? '',
        method: data?.method ?? '',
        token_kind: data === undefined ? '' : (data.tokenKind ?? 'root'),
        began: overview.from,
        ended: overview.to,
        verdict: report.verdict,
        by_people: report.by === 'people' ? 1 : 0,
        rehearsal: report.rehearsal ? 1 : 0,
        tokens,
        revoked: Math.min(proved, tokens),
        token_made: life.made,
        token_died: life.died,
        threshold: overview.quorum?.threshold ?? 0,
        custodians: overview.quorum?.custodians ?? 0,
        stations: folder.stations.length,
        lines: lines.length,
        signatures: folder.stations.reduce((sum, { signatures }) => sum + signatures.length, 0),
      },
      people: [...people.values()],
      findings: report.findings.map(({ code, verdict, station, line, message }, position) => ({
        position,
        code,
        verdict,
        station,
        line,
        message,
      })),
      tokens: tokensOf(
        id,
        words,
        overview.title,
        data?.purpose ?? '',
        overview.ticket,
        overview.server,
        data?.namespace ?? '',
        ...(plan?.people ?? []).flatMap(({ name, role, fingerprint }) => [name, role, fingerprint]),
        ...report.stations.flatMap(({ name, label }) => [name, label]),
        ...lines.map(({ line }) => said(line)),
      ),
    },
  };
}

/** Who had to do with the token and is not in the plan: by what their own journals say of them. */
function strangers(
  lines: readonly { readonly line: JournalLine }[],
  plan: ReturnType<typeof planOf>,
  { holders, handed, tellers }: TokenLife,
): { readonly name: string; readonly role: string; readonly fingerprint: string }[] {
  const planned = new Set(plan?.people.map(({ fingerprint }) => fingerprint));
  return [...new Set([...holders, ...handed, ...tellers])]
    .filter((fingerprint) => !planned.has(fingerprint))
    .map((fingerprint) => {
      const opened = lines.find(
        ({ line }) => line.event === 'journal-opened' && line.who === fingerprint,
      )?.line;
      return opened?.event === 'journal-opened'
        ? { name: opened.data.name, role: opened.data.role, fingerprint }
        : { name: fingerprint.slice(0, 16), role: 'unknown', fingerprint };
    });
}

/** An event's own words; nothing where it holds values that Airlock doesn't write. */
function said(line: JournalLine): string {
  try {
    return eventWords(line).text;
  } catch {
    return '';
  }
}

/** How many checkpoints of others a person's signature fits. `names`: of that person's keys. */
const witnessedBy = ({ stations }: Report, names: ReadonlySet<string>, own: ReadonlySet<string>): number =>
  stations.filter(({ name, signers }) => !own.has(name) && signers.some((signer) => names.has(signer)))
    .length;
