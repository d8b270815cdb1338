import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import { reasonOf } from '../../store/store-error';
import { ArchiveError } from '../archive-error';
import type { Index, Tables } from './tables';

/** How long a question waits while another program writes its last page, in milliseconds. */
const WAITS_MS = 10_000;

export type SqliteMode =
  | 'write'
  /** On a disk that can only be read; nobody else writes there either. */
  | 'read-only';

/**
 * Opens the index in a file, or in memory (`:memory:`). Throws, as every question does, `ArchiveError`
 * 'index-damaged', 'place-busy', 'place-unusable'.
 */
export function openSqlite(path: string, mode: SqliteMode): Index {
  const address =
    mode === 'read-only' ? `file:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}?immutable=1` : path;
  return said(path, () => {
    const database = new Libsql(address);
    database.exec(`pragma busy_timeout = ${WAITS_MS}`);
    // The index is made anew from evidence and log where a power cut spoils it.
    if (mode === 'write') database.exec('pragma synchronous = normal');
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asBetterSqlite(path, database) }) });
  });
}

/** libsql has the interface of better-sqlite3, which kysely knows, but takes its parameters as one list. */
const asBetterSqlite = (path: string, database: Libsql.Database): SqliteDatabase => ({
  close: () => void database.close(),
  prepare: (text) => {
    const statement = said(path, () => database.prepare(text));
    return {
      reader: statement.reader,
      all: (parameters) => said(path, () => statement.all([...parameters])),
      run: (parameters) => {
        // A prepared statement that found the file locked would go on holding its own lock on it.
        if (parameters.length === 0) {
          said(path, () => database.exec(text));
          return { changes: 0, lastInsertRowid: 0 };
        }
        const { changes, lastInsertRowid } = said(path, () => statement.run([...parameters]));
        return { changes, lastInsertRowid };
      },
      iterate: (parameters) => said(path, () => statement.iterate([...parameters])),
    };
  },
});

/** Does something, and says in a sentence what the engine says in a code. */
function said<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sentenceOf(path, error);
  }
}

function sentenceOf(path: string, error: unknown): unknown {
  const code = reasonOf(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new ArchiveError(
      'place-busy',
      'Another program writes to this archive, and has not ended yet. Try again in a moment.',
    );
  if (/^SQLITE_(CORRUPT|NOTADB|ERROR|MISMATCH|SCHEMA|CONSTRAINT)/.test(code))
    return new ArchiveError(
      'index-damaged',
      `The index of this archive, ${path}, is damaged or was changed (${code}). Evidence and log are no part of it: make the index anew.`,
      'Type airlock archive reindex.',
    );
  if (/^SQLITE_/.test(code))
    return new ArchiveError(
      'place-unusable',
      `The index of this archive, ${path}, can’t be used (${code}). Check the disk, its room and its rights.`,
    );
  return error;
}
