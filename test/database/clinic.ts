/**
 * A second kind of database, as little as one can be: tables of its own, a connection that does one thing at a
 * time and gives rows whose numbers are texts, answers that nobody holds, texts that nobody numbers, no rows and no
 * bits as values, one table for all codelists, and no word about what a query will cost. DuckDB is behind it, which `engine/backend/database` cannot know.
 */
import { join } from "node:path";
import { ProblemError } from "../../engine/base/problems.ts";
import { problem } from "../../engine/backend/problems.ts";
import { PATIENTS_AT_ONCE } from "../../engine/backend/database/records.ts";
import type { Records } from "../../engine/backend/database/records.ts";
import { problemOfStopped } from "../../engine/backend/database/stopped-statement.ts";
import { urlOptions } from "../../engine/backend/database/url-options.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { DuckDbError } from "../../engine/duckdb/duckdb-error.ts";
import { checkProvider } from "../../engine/schema/check-provider.ts";
import { columns } from "../../engine/schema/physical-table.ts";
import { column, plain } from "../../engine/schema/provision.ts";
import type { Provider } from "../../engine/schema/provision.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { tableForAll } from "../../engine/sql/codelist-tables.ts";
import type { Dialect, RankedPicks } from "../../engine/sql/dialects/dialect.ts";
import { querySql } from "../../engine/sql/query.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { identifier, sql, word } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { rowSession } from "./row-session.ts";

/** Tables that are not temporary, beside records in another schema, as where a database has none that are. */
const kept = (name: string): Sql => word(`kept_${name}`);

/** No row is a value here. */
export const rankedPicks: RankedPicks = {
  kind: "ranked",
  only: (of, isFlag) => (isFlag ? sql`bool_or(${of})` : sql`max(${of})`),
};

const dialect: Dialect = {
  ...duckdb,
  name: "clinic",
  bits: null,
  sumInOrder: null,
  picks: rankedPicks,
  recordTable: (name) => sql`clinic.${identifier(name)}`,
  keptTable: kept,
  codelists: tableForAll(kept),
  keep: (name, query) => sql`CREATE TABLE ${kept(name)} AS ${querySql(query)}`,
  append: (name, query) => sql`INSERT INTO ${kept(name)} ${querySql(query)}`,
  discard: (name) => sql`DROP TABLE IF EXISTS ${kept(name)}`,
};

const provider: Provider = {
  name: "clinic",
  described: "a clinic's database",
  meaning: tpp.meaning,
  tables: {
    person: columns({ int: "number", text: "gender died", date: "born" }),
    consent: columns({ int: "number" }),
    entry: columns({ int: "number entry_id", text: "code", datetime: "written", real: "value" }),
    builds: columns({ text: "event", datetime: "started ended" }),
  },
  provides: {
    ...tpp.provides,
    patients: [
      {
        table: "person",
        alias: "p",
        fields: {
          ...plain({ patient_id: "p.number", sex: "p.gender", born_on: "p.born" }),
          died_on: { kind: "day-in-text", of: column("p.died"), layout: "iso" },
        },
      },
    ],
    patients_not_opted_out: [
      { table: "consent", alias: "c", fields: plain({ patient_id: "c.number" }) },
    ],
    ctv3_events: [
      {
        table: "entry",
        alias: "e",
        fields: plain({
          ...{ patient_id: "e.number", event_id: "e.entry_id", code: "e.code" },
          ...{ recorded_at: "e.written", known_at: "e.written", numeric_value: "e.value" },
        }),
      },
    ],
    builds: [
      {
        table: "builds",
        alias: "b",
        fields: plain({ event: "b.event", started_at: "b.started", ended_at: "b.ended" }),
      },
    ],
  },
};

/** The records of a TPP database as the clinic's own. */
async function fill(db: DuckDb, path: string): Promise<void> {
  await db.run(sql`ATTACH ${path} AS tpp (READ_ONLY)`);
  await db.run(sql`CREATE SCHEMA clinic`);
  await db.run(
    sql`CREATE TABLE clinic.person AS SELECT Patient_ID AS number, Sex AS gender, DateOfBirth AS born, CAST(NULL AS VARCHAR) AS died FROM tpp.main.Patient`,
  );
  await db.run(
    sql`CREATE TABLE clinic.consent AS SELECT Patient_ID AS number FROM tpp.main.AllowedPatientsWithTypeOneDissent`,
  );
  await db.run(
    sql`CREATE TABLE clinic.entry AS SELECT Patient_ID AS number, CodedEvent_ID AS entry_id, CTV3Code AS code, ConsultationDate AS written, NumericValue AS value FROM tpp.main.CodedEvent`,
  );
  await db.run(sql`DETACH tpp`);
  await db.run(
    sql`CREATE TABLE clinic.builds AS SELECT 'OpenSAFELY' AS event, TIMESTAMP '2020-01-01 10:00:00' AS started, TIMESTAMP '9999-12-31' AS ended`,
  );
}

const taken = { options: ["patients_at_once"], several: [], example: "clinic:records" } as const;

export const openClinic = async (url: string, workspace: string): Promise<Records> => {
  const { address, includeOptedOut, wholeNumber } = urlOptions(url, taken);
  const db = await openDuckDb();
  await fill(db, join(workspace, address.replace(/^clinic:/, "")));
  const tables = new Map(
    Object.entries(provider.tables).map(([table, found]) => [
      table,
      Object.entries(found).map(([name, kind]) => ({ name, type: kind, kind })),
    ]),
  );
  return {
    session: oneAtATime(rowSession(db, dialect)),
    dialect,
    provider,
    includeOptedOut,
    patientsAtOnce: wholeNumber("patients_at_once") ?? PATIENTS_AT_ONCE,
    tables,
    warnings: [],
    version: () => Promise.resolve("clinic 1"),
    ready: (uses) => {
      const problems = checkProvider(provider, tables, uses);
      return problems.length > 0 ? Promise.reject(new ProblemError(problems)) : Promise.resolve();
    },
    fail: (error, columnsAtWork) => {
      if (!(error instanceof DuckDbError)) throw error;
      const facts = { error: "the clinic does not know", columns: columnsAtWork };
      const code = error.kind === "Conversion" ? "database-value" : "database-error";
      throw new ProblemError([problemOfStopped(error.message) ?? problem(code, facts)]);
    },
    numbering: null,
    expectedRows: null,
  };
};
