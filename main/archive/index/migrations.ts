import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from 'kysely';
import { ArchiveError } from '../archive-error';
import { type Engine, type Index, TABLES } from './tables';
import { clearWords } from './words';

/** Each step of the index's form, by its name, in order. A step that was released is never changed. */
const steps = (engine: Engine): Readonly<Record<string, Migration>> => ({
  '0001-first': { up: (db) => first(db, engine) },
  '0002-token-lives': { up: (db) => tokenLives(db, engine) },
  '0003-token-words': { up: (db) => tokenWords(db, engine) },
});

async function first(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('entry')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('ceremony', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('entry_ceremony').on('entry').columns(['ceremony', 'event']).execute();
  await schema
    .createTable('addition')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .addColumn('ceremony', 'text', (column) => column.notNull())
    .addColumn('folder', 'text', (column) => column.notNull())
    .addColumn('kept', 'text', (column) => column.notNull())
    .addColumn('files', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('addition_ceremony').on('addition').column('ceremony').execute();
  await schema.createIndex('addition_folder').on('addition').column('folder').execute();
  // SQLite's row number, where search results come in its order: it has to be called INTEGER there.
  const place = engine === 'sqlite' ? 'integer' : 'bigint';
  let ceremony = schema
    .createTable('ceremony')
    .addColumn('place', place, (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique());
  for (const name of TEXTS) ceremony = ceremony.addColumn(name, 'text', (column) => column.notNull());
  for (const name of COUNTS) ceremony = ceremony.addColumn(name, 'bigint', (column) => column.notNull());
  await ceremony.addColumn('tombstone', 'integer').execute();
  await schema.createIndex('ceremony_verdict').on('ceremony').columns(['verdict', 'place']).execute();
  await schema
    .createTable('person')
    .addColumn('place', place, (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sought', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('took_part', 'integer', (column) => column.notNull())
    .addColumn('witnessed', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('person_key', ['place', 'fingerprint', 'role'])
    .execute();
  await schema.createIndex('person_fingerprint').on('person').columns(['fingerprint', 'place']).execute();
  await schema
    .createTable('finding')
    .addColumn('place', place, (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('station', 'text', (column) => column.notNull())
    .addColumn('line', 'integer')
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('finding_key', ['place', 'position'])
    .execute();
  await schema.createIndex('finding_code').on('finding').columns(['code', 'place']).execute();
  await schema
    .createTable('pinned')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  if (engine === 'sqlite') {
    // Without the text itself, which is in the evidence, and without places of words within it.
    await sql`create virtual table words using fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')`.execute(
      db,
    );
    return;
  }
  await sql`create table words(place bigint primary key, tokens tsvector not null)`.execute(db);
  await sql`create index words_tokens on words using gin(tokens)`.execute(db);
}

/** Also who had a token in clear, and from when to when: all is read anew, from evidence and log. */
async function tokenLives(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;
  for (const name of ['token_made', 'token_died'])
    await schema
      .alterTable('ceremony')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  await schema.createIndex('ceremony_token').on('ceremony').columns(['token_made', 'place']).execute();
  await schema
    .alterTable('person')
    .addColumn('held_token', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await readAnew(db, engine);
}

/** Also by whose word a token was in whose hands, and that it ended. */
async function tokenWords(db: Kysely<unknown>, engine: Engine): Promise<void> {
  for (const name of ['handed_token', 'told_end'])
    await db.schema
      .alterTable('person')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  await readAnew(db, engine);
}

async function readAnew(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const index = db as Index;
  for (const table of TABLES) await index.deleteFrom(table).execute();
  await clearWords(index, engine);
}

const TEXTS = [
  'words',
  'title',
  'purpose',
  'ticket',
  'server',
  'namespace',
  'method',
  'token_kind',
  'began',
  'ended',
  'verdict',
] as const;

const COUNTS = [
  'by_people',
  'rehearsal',
  'tokens',
  'revoked',
  'threshold',
  'custodians',
  'stations',
  'lines',
  'signatures',
  'additions',
  'bytes',
  'held',
] as const;

/**
 * Brings the index into the form that this version works with, where that is another. Only looks where
 * nothing can be written. Throws `ArchiveError` 'archive-too-new', 'index-damaged'.
 */
export async function migrate(db: Index, engine: Engine, readOnly: boolean): Promise<void> {
  if (await isOfThisForm(db, engine)) return;
  if (readOnly)
    throw new ArchiveError('index-damaged', 'The index of this archive is not there, or is not finished.');
  if (engine === 'postgres') {
    await migrateToLatest(db, engine);
    return;
  }
  // kysely takes SQLite's steps without a transaction. Whoever is killed in one would leave half of it.
  await db.connection().execute(async (connection) => {
    const own = connection as Index;
    await sql`begin immediate`.execute(own);
    try {
      // Another program may have done it meanwhile.
      if (!(await isOfThisForm(own, engine))) await migrateToLatest(own, engine);
      await sql`commit`.execute(own);
    } catch (error) {
      await sql`rollback`.execute(own).catch(() => undefined);
      throw error;
    }
  });
}

async function isOfThisForm(db: Index, engine: Engine): Promise<boolean> {
  const known = steps(engine);
  const done = await doneIn(db);
  const later = done.filter((name) => !Object.hasOwn(known, name));
  if (later.length > 0)
    throw new ArchiveError(
      'archive-too-new',
      'A later version of Airlock has changed the form of this archive. Use that version, or a later one.',
    );
  return Object.keys(known).every((name) => done.includes(name));
}

async function migrateToLatest(db: Index, engine: Engine): Promise<void> {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...steps(engine) }) };
  const { error } = await new Migrator({ db, provider, ...NAMES }).migrateToLatest();
  if (error !== undefined) throw error;
}

const NAMES = { migrationTableName: 'form', migrationLockTableName: 'form_lock' } as const;

/** Names of the steps that were taken. */
async function doneIn(db: Index): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === NAMES.migrationTableName)) return [];
  const { rows } = await sql<{ name: string }>`select name from form order by name`.execute(db);
  return rows.map(({ name }) => name);
}
