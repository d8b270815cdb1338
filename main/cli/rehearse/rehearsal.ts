import { accessSync, constants, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Method } from '../../../shared/message/body';
import type { TokenFormat } from '../../../shared/token/root-token';
import type { TokenKind } from '../../../shared/token/token-kind';
import type { Report } from '../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../shared/transcript/verify';
import type { ServerOptions } from '../../online/server/environment';
import type { ApiName } from '../../rehearsal/generation';
import { reportPage } from '../../report/page';
import { reportStation } from '../../report/station';
import { makeFolders } from '../../store/folder';
import { reasonOf } from '../../store/store-error';
import { readTranscriptFolder } from '../../store/transcript-folder';
import { signalExitCode } from '../parts/signals';
import { takeBack } from './aftermath';
import { introduceAll, makeCast } from './cast';
import { playCeremony, type RehearsedCeremony } from './ceremony';
import { closeTranscripts } from './closing';
import { Homes } from './homes';
import { InterruptedCrossing, Interruption } from './interruption';
import { RehearseError } from './rehearse-error';
import { openStage, type Stage } from './stage';
import { requireKind } from './wanted-kind';

export interface RehearsalOptions {
  readonly method: Method;
  /** The token goes to a station, sealed, instead of being read out. */
  readonly handoff?: boolean;
  readonly out: string;
  /** A rehearsal on a server that is there already, with its shares; else an embedded one is started. */
  readonly existing: { readonly server: ServerOptions; readonly shares: readonly string[] } | null;
  /** The token that is wanted; what the server makes, where nothing is said. */
  readonly kind?: TokenKind | undefined;
  readonly shares: number;
  readonly threshold: number;
  /** Which servers the embedded one behaves as; `vault` where nothing is said. */
  readonly api?: ApiName;
  /** As such servers have them, where nothing is said. */
  readonly tokenFormat?: TokenFormat;
  readonly version: string;
  readonly clock: () => Date;
  say(title: string, detail: string): void;
}

export interface RehearsalOutcome extends RehearsedCeremony {
  readonly out: string;
  readonly server: string;
  readonly verification: Report;
}

/** More custodians than this don't fit on a roster beside the officer, two operators and the witness. */
const MOST_CUSTODIANS = 28;

/**
 * Plays a whole ceremony with everyone in it and leaves pictures, transcripts and the report in `out`. The
 * players' homes are in a temporary folder that is removed at the end. A rehearsal that fails on a server
 * that is there to stay takes back what it did there; where that fails too, the homes are kept, since the
 * only key to the token is in them. Throws `AirlockError` by name.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalOutcome> {
  const out = newOrEmpty(options.out);
  const homes = new Homes(options.existing !== null);
  const interruption = new Interruption(() => process.exit(signalExitCode()));
  try {
    const stage = await openStage(options);
    try {
      return await play(options, stage, homes, out, interruption.check);
    } catch (error) {
      throw await afterFailure(error, options, homes);
    } finally {
      await stage.close();
    }
  } finally {
    homes.end();
    interruption.end();
  }
}

async function play(
  options: RehearsalOptions,
  stage: Stage,
  homes: Homes,
  out: string,
  check: () => void,
): Promise<RehearsalOutcome> {
  const say: RehearsalOptions['say'] = (title, detail) => {
    options.say(title, detail);
    check();
  };
  const custodians = Math.min(stage.shares.length, MOST_CUSTODIANS);
  const cast = await makeCast({
    homes: homes.folder,
    custodians,
    server: stage.server,
    version: options.version,
    clock: options.clock,
  });
  homes.hold(cast);
  const { threshold, tokenKind } = await cast.operators[0].station.facts();
  requireKind(options, tokenKind);
  const shares = stage.shares.slice(0, threshold);
  if (shares.length < threshold) {
    throw new RehearseError(
      'shares-file',
      `The server needs ${threshold} shares, but only ${shares.length} were given.`,
    );
  }
  if (threshold > custodians) {
    throw new RehearseError(
      'too-many',
      `A rehearsal seats ${MOST_CUSTODIANS} custodians at most, and this server needs ${threshold} shares.`,
    );
  }
  makeOut(out);
  const crossing = new InterruptedCrossing(out, check);
  const met = await introduceAll(cast, crossing, options.clock);
  say('Everyone introduced', `${met} identities, each read from its code`);
  const ceremony = await playCeremony(cast, crossing, {
    method: options.method,
    kind: tokenKind,
    handoff: options.handoff ?? false,
    shares,
    startAsUsual: () => stage.startAsUsual(check),
    say,
  });
  const stations = await closeTranscripts(cast, crossing, ceremony.ceremony, out, options.clock);
  const folder = readTranscriptFolder(out);
  const verification = await verifyTranscript(folder);
  writeFileSync(
    join(out, 'report.html'),
    reportPage({ stations: folder.stations.map(reportStation), verification, pictures: crossing.pictures }),
  );
  options.say(
    'Transcripts verified',
    `${stations.length} stations, ${verification.verdict === 'proven' ? 'proven: chains, signatures and digests all fit' : `NOT proven: ${verification.verdict}`}`,
  );
  return { ...ceremony, out, server: stage.server.address, verification };
}

/** What to throw: the error itself where nothing of the rehearsal is left on the server. */
async function afterFailure(
  error: unknown,
  { existing, say }: RehearsalOptions,
  homes: Homes,
): Promise<unknown> {
  if (existing === null || homes.cast === null) return error;
  const { done, left } = await takeBack(homes.cast);
  if (left.length === 0) {
    for (const sentence of done) say('Taken back', sentence);
    return error;
  }
  return new RehearseError(
    'left-behind',
    [error instanceof Error ? error.message : String(error), ...done, ...left, homes.keep()].join(' '),
  );
}

/** The folder of that name, which isn't made yet: a rehearsal that can't begin leaves nothing. */
function newOrEmpty(path: string): string {
  const out = resolve(path);
  if (existsSync(out) && namesIn(out).length > 0) {
    throw new RehearseError(
      'out-not-empty',
      `The folder ${out} isn't empty. Name a new one with --out, so that nothing is overwritten.`,
    );
  }
  return out;
}

function namesIn(out: string): string[] {
  try {
    return readdirSync(out);
  } catch (error) {
    throw unusable(out, error);
  }
}

function makeOut(out: string): void {
  try {
    makeFolders(out);
    accessSync(out, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(out, error);
  }
}

const unusable = (out: string, error: unknown): RehearseError =>
  new RehearseError(
    'out-unusable',
    `The rehearsal can't be written to ${out} (${reasonOf(error)}). Name a new folder with --out, in a place that you may write to.`,
  );
