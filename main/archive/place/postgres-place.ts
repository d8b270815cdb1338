import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import { reasonOf } from '../../store/store-error';
import { ArchiveError } from '../archive-error';
import { migrate } from '../index/migrations';
import type { Index, Tables } from '../index/tables';
import type { Place, Wanted, Writer } from './place';

/** Everything of the archive is in a schema of this name, beside whatever else the database has. */
const SCHEMA = 'airlock_archive';
const PAGE = 500;
const PATIENCE_MS = 15_000;

/** Tables beside the index, which are no part of it. */
interface Held extends Tables {
  log: { n: number; line: string };
  evidence: { folder: string; packed: Uint8Array };
  script: { sha256: string; bytes: Uint8Array };
}

/**
 * Opens the archive in a PostgreSQL database, by its address. With 'make' a database without one gets one.
 * The password comes from where PostgreSQL's own programs take it. Throws `ArchiveError` 'no-archive',
 * 'place-unusable', 'archive-too-new'.
 */
export async function openPostgres(address: string, wanted: Wanted): Promise<Place> {
  const name = shown(address);
  const config: PoolConfig = {
    connectionString: address,
    max: 4,
    connectionTimeoutMillis: PATIENCE_MS,
    keepAlive: true,
    application_name: 'airlock archive',
    options: `-c search_path=${SCHEMA}`,
    types: { getTypeParser: typeParser },
  };
  const pool = new Pool(config);
  // A connection that ends is replaced, or fails its next question. Without listeners it would end the
  // program: the pool's hears of those that nobody uses, and each connection's of those that are in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Held>({ dialect: new PostgresDialect({ pool: told(name, pool) }) });
  const place = new PostgresPlace(name, db);
  try {
    await place.prepare(wanted);
    return place;
  } catch (error) {
    await place.close();
    throw error;
  }
}

/**
 * Connections whose errors are the archive's, whoever asks: also where the index is asked as it is, outside
 * of what this file does.
 */
function told(name: string, pool: Pool): PostgresPool {
  return {
    connect: async () => {
      const client = await usable(name, () => pool.connect());
      const query = (text: string, values: readonly unknown[]) =>
        usable(name, () => client.query(text, [...values]));
      // Kysely asks for cursors only where it is given a library for them.
      return { query, release: () => client.release() } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

/** Counts come as numbers: none here is near 2^53. */
const typeParser: NonNullable<PoolConfig['types']>['getTypeParser'] = (id, format) =>
  Number(id) === types.builtins.INT8 ? Number : types.getTypeParser(id, format);

function shown(address: string): string {
  try {
    const url = new URL(address);
    url.password = '';
    return url.href;
  } catch {
    throw new ArchiveError(
      'place-unusable',
      'The address of the database can’t be read. It looks like postgres://USER@HOST/DATABASE.',
    );
  }
}

class PostgresPlace implements Place {
  readonly engine = 'postgres';
  readonly readOnly = false;
  readonly keepsIndex = true;
  readonly index: Index;

  constructor(
    readonly name: string,
    private readonly db: Kysely<Held>,
  ) {
    this.index = db as unknown as Index;
  }

  async prepare(wanted: Wanted): Promise<void> {
    const { rows } =
      await sql`select 1 from pg_tables where schemaname = ${SCHEMA} and tablename = 'log'`.execute(this.db);
    if (rows.length === 0) {
      if (wanted !== 'make')
        throw new ArchiveError(
          'no-archive',
          `There is no archive in ${this.name}: nothing was ever added there.`,
        );
      await this.make();
    }
    await migrate(this.index, 'postgres', false);
  }

  private make(): Promise<void> {
    return this.db.transaction().execute(async (db) => {
      // Two that begin at once would each find nothing.
      await sql`select pg_advisory_xact_lock(hashtext(${SCHEMA}))`.execute(db);
      await sql.raw(`create schema if not exists ${SCHEMA}`).execute(db);
      await sql`create table if not exists log (n integer primary key, line text not null)`.execute(db);
      await sql`create table if not exists evidence (folder text primary key, packed bytea not null)`.execute(
        db,
      );
      // Packed already: the database need not try.
      await sql`alter table evidence alter column packed set storage external`.execute(db);
      await sql`create table if not exists script (sha256 text primary key, bytes bytea not null)`.execute(
        db,
      );
    });
  }

  async lastLine(): Promise<string | null> {
    const row = await this.db
      .selectFrom('log')
      .select('line')
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.line ?? null;
  }

  hasTornEnd(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Where no line is missing, that is so if the greatest number is that of lines. */
  async isNumberedAsEntries(): Promise<boolean> {
    const rows = await this.db
      .selectFrom('log')
      .select((all) => [all.fn.countAll<number>().as('count'), all.fn.max('n').as('last')])
      .execute();
    return rows.every(({ count, last }) => (last ?? 0) === Number(count));
  }

  async *lines(from: number): AsyncIterable<string> {
    for (let after = from - 1; ; ) {
      const rows = await this.db
        .selectFrom('log')
        .selectAll()
        .where('n', '>', after)
        .orderBy('n')
        .limit(PAGE)
        .execute();
      for (const { n, line } of rows) {
        after = n;
        yield line;
      }
      if (rows.length < PAGE) return;
    }
  }

  async evidence(folder: string): Promise<Uint8Array | null> {
    const row = await this.db
      .selectFrom('evidence')
      .select('packed')
      .where('folder', '=', folder)
      .executeTakeFirst();
    return row?.packed ?? null;
  }

  async script(sha256: string): Promise<Uint8Array | null> {
    const row = await this.db
      .selectFrom('script')
      .select('bytes')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    return row?.bytes ?? null;
  }

  async *kept(): AsyncIterable<string> {
    for (let after = ''; ; ) {
      const rows = await this.db
        .selectFrom('evidence')
        .select('folder')
        .where('folder', '>', after)
        .orderBy('folder')
        .limit(PAGE)
        .execute();
      for (const { folder } of rows) {
        after = folder;
        yield folder;
      }
      if (rows.length < PAGE) return;
    }
  }

  writing<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(async (db) => {
      await sql`lock table log in exclusive mode`.execute(db);
      return work({
        index: db as unknown as Index,
        keep: async ({ folder, packed, scripts }) => {
          for (const [sha256, bytes] of scripts)
            await db
              .insertInto('script')
              .values({ sha256, bytes })
              .onConflict((on) => on.doNothing())
              .execute();
          // Evidence that no entry names is no evidence: what lies under that name is replaced.
          await db
            .insertInto('evidence')
            .values({ folder, packed })
            .onConflict((on) => on.column('folder').doUpdateSet({ packed }))
            .execute();
        },
        append: async ({ entry, line }) =>
          void (await db.insertInto('log').values({ n: entry.n, line }).execute()),
        forget: async (folder) =>
          void (await db.deleteFrom('evidence').where('folder', '=', folder).execute()),
      });
    });
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}

async function usable<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOfDatabase(error) ? unreachable(name, error) : error;
  }
}

/** Errors of PostgreSQL have a code of five characters; those of the network have the system's. */
const isOfDatabase = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof ArchiveError) &&
  (/^[0-9A-Z]{5}$|^E[A-Z]+$/.test(reasonOf(error)) || /connection|timeout|password/i.test(error.message));

function unreachable(name: string, error: unknown): ArchiveError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') || reasonOf(error) : '';
  return new ArchiveError(
    'place-unusable',
    `The archive in ${name} can’t be used: the database says “${reason}”. What was not finished was not done. Check that it runs, and who may use it.`,
  );
}
