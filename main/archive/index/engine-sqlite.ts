import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import type { Index, Tables } from './tables';

/** How long one writer waits for another, in milliseconds. */
const PATIENCE_MS = 120_000;

export type SqliteMode =
  | 'write'
  /** On a disk that can only be read; nobody else writes there either. */
  | 'read-only';

/** Opens the index in a file, or in memory (`:memory:`). Throws what the engine throws. */
export function openSqlite(path: string, mode: SqliteMode): Index {
  const address =
    mode === 'read-only' ? `file:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}?immutable=1` : path;
  const database = new Libsql(address);
  database.exec(`pragma busy_timeout = ${PATIENCE_MS}`);
  // The index is made anew from evidence and log where a power cut spoils it.
  if (mode === 'write') database.exec('pragma synchronous = normal');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asBetterSqlite(database) }) });
}

/** libsql has the interface of better-sqlite3, which kysely knows, but for bytes: it gives ArrayBuffer. */
const asBetterSqlite = (database: Libsql.Database): SqliteDatabase => ({
  close: () => void database.close(),
  prepare: (text) => {
    const statement = database.prepare(text);
    return {
      reader: statement.reader,
      all: (parameters) => statement.all([...parameters]),
      run: (parameters) => {
        const { changes, lastInsertRowid } = statement.run([...parameters]);
        return { changes, lastInsertRowid };
      },
      iterate: (parameters) => statement.iterate([...parameters]),
    };
  },
});
