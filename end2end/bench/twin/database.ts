// The open database of a twin: one connection for the process, statements prepared once.
import Database from "libsql";

const FILE = "TWIN_DATABASE";

let database: Database.Database | undefined;
const statements = new Map<string, Database.Statement>();

/** The database that the environment names. It is opened when it is first needed, not by a build. */
export function open(): Database.Database {
  if (!database) {
    const file = process.env[FILE];
    if (!file) throw new Error(`${FILE} is not set`);
    database = new Database(file);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  }
  return database;
}

/** The statement with this text. */
export function sql(text: string): Database.Statement {
  let statement = statements.get(text);
  if (!statement) statements.set(text, (statement = open().prepare(text)));
  return statement;
}
