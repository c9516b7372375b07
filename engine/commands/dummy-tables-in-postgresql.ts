/** Synthetic records of OMOP straight into a schema of a PostgreSQL. */
import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../duckdb/duckdb.ts";
import { makeTemporaryFolder } from "../files/owned-folder.ts";
import { omopColumns, omopKind, omopTableNames } from "../synthetic/omop/omop-tables.ts";
import type { OmopKind, OmopTable } from "../synthetic/omop/omop-tables.ts";
import { refuseTablesThere, writeTablesToPostgresql } from "../backend/postgresql/write-tables.ts";
import type { TableToWrite } from "../backend/postgresql/write-tables.ts";
import type { RequestOf } from "../options/command-table.ts";
import { identifier, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { writeLayout } from "./dummy-records.ts";
import type { Making } from "./dummy-records.ts";
import { fail } from "./problems.ts";

type Request = RequestOf<"generate_dummy_tables"> & { readonly databaseUrl: string };

/** What is told of, in the place of the URL, which nobody is shown. */
const LABEL = "the schema";

/** Problems: usage, interrupted-database, those of the server. */
export async function dummyTablesInPostgresql(
  request: Request,
  making: Making,
  context: RunContext,
): Promise<RunSummary> {
  refuseOtherThanOmop(request);
  const { databaseUrl, force } = request;
  await refuseTablesThere(databaseUrl, from(context), { names: omopTableNames, force });
  const folder = makeTemporaryFolder(tmpdir());
  try {
    const [file, tables] = [join(folder.path, "records.duckdb"), join(folder.path, "tables")];
    const place = {
      ...{ file, temporaryFolder: join(folder.path, "spilled") },
      ...{ commit: () => Promise.resolve(0), clear: () => Promise.resolve() },
    };
    const asFile = { ...request, outputFile: LABEL };
    const { rows, complete } = await writeLayout(asFile, { place, making }, context);
    if (!complete || !(await copied(request, { file, csv: `${tables}.csv` }, context)))
      fail("interrupted-database", { file: LABEL });
    for (const [table, count] of rows)
      context.reporter.report({ kind: "message", text: `${table}: ${count} rows` });
    return { written: [...rows.keys()], what: "table", kept: [] };
  } finally {
    folder.remove();
  }
}

function refuseOtherThanOmop({ layout, databaseUrl }: Request): void {
  if (layout === "omop" && /^postgres(?:ql)?(?:\+psycopg2?)?:/.test(databaseUrl)) return;
  fail("usage", {
    sentence: "--database-url takes the tables of omop, and a PostgreSQL",
    wayOut: "Give --layout omop, and --database-url postgresql://USER@HOST/DATABASE?schema=NAME.",
  });
}

async function copied(
  { databaseUrl, force }: Request,
  { file, csv }: { readonly file: string; readonly csv: string },
  context: RunContext,
): Promise<boolean> {
  const { reporter, signal } = context;
  const db = await openDuckDb({ path: file, readOnly: true });
  const progress = reporter.progress({
    label: LABEL,
    unit: "tables",
    total: omopTableNames.length,
  });
  try {
    for (const table of omopTableNames)
      await db.run(
        sql`COPY ${identifier(table)} TO ${`${csv}.${table}`} (FORMAT csv, HEADER false)`,
      );
    const tables = omopTableNames.map((table) => tableOf(table, `${csv}.${table}`));
    const onTable = (): void => {
      progress.advance(1);
    };
    const asked = { tables, force, signal, onTable };
    return await writeTablesToPostgresql(databaseUrl, from(context), asked);
  } finally {
    progress.end();
    db.close();
  }
}

function from({ workspace, environment, reporter }: RunContext) {
  const note = (text: string): void => {
    reporter.report({ kind: "message", text });
  };
  return { workspace, outside: { environment, note } };
}

const types: { readonly [K in OmopKind]: Sql } = {
  text: sql`varchar`,
  whole: sql`integer`,
  concept: sql`integer`,
  id: sql`bigint`,
  fraction: sql`numeric`,
  date: sql`date`,
  datetime: sql`timestamp`,
};

/** As the model's own definition has them: people, and standard concepts. */
const ASKED_BY =
  /^person_id$|^(?:condition|procedure|observation|measurement|drug)_concept_id$|^concept_id(?:_1)?$|^ancestor_concept_id$/;

function tableOf(name: OmopTable, path: string): TableToWrite {
  const columns = omopColumns(name);
  return {
    name,
    columns: Object.fromEntries(columns.map((column) => [column, types[omopKind(column)]])),
    indexes: columns.filter((column) => ASKED_BY.test(column)),
    csv: () => bytesOf(path),
  };
}

const PIECE = 262_144;

/** The file is read once, and then gone. */
function* bytesOf(path: string): Generator<Uint8Array> {
  const from = openSync(path, "r");
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafe(PIECE);
      const size = readSync(from, bytes, 0, PIECE, null);
      if (size === 0) return;
      yield bytes.subarray(0, size);
    }
  } finally {
    closeSync(from);
    rmSync(path);
  }
}
