/** Synthetic records of OMOP straight into a schema of a database that takes tables. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseKind } from "../backend/database-kind.ts";
import type { TablesWriter, TableToWrite } from "../backend/database/tables-writer.ts";
import { makeTemporaryFolder } from "../files/owned-folder.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { PhysicalKind } from "../schema/physical-table.ts";
import { bytesOnce, writeCsvTables } from "../synthetic/omop/csv-tables.ts";
import { omopColumns, omopKind, omopTableNames } from "../synthetic/omop/omop-tables.ts";
import type { OmopKind, OmopTable } from "../synthetic/omop/omop-tables.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { writeLayout } from "./dummy-records.ts";
import type { Making } from "./dummy-records.ts";
import { fail } from "./problems.ts";

type Request = RequestOf<"generate_dummy_tables"> & { readonly databaseUrl: string };

/** What is told of, in the place of the URL, which nobody is shown. */
const LABEL = "the schema";

/** Problems: usage, interrupted-database, those of the server. */
export async function dummyTablesInDatabase(
  request: Request,
  making: Making,
  context: RunContext,
): Promise<RunSummary> {
  const { databaseUrl, force } = request;
  const writer = await writerFor(request, context);
  await writer.refuseThere(databaseUrl, from(context), { names: omopTableNames, force });
  const folder = makeTemporaryFolder(tmpdir());
  try {
    const place = {
      ...{
        file: join(folder.path, "records.duckdb"),
        temporaryFolder: join(folder.path, "spilled"),
      },
      ...{ commit: () => Promise.resolve(0), clear: () => Promise.resolve() },
    };
    const made = await writeLayout({ ...request, outputFile: LABEL }, { place, making }, context);
    if (!made.complete || !(await copied(request, { writer, file: place.file }, context)))
      fail("interrupted-database", { file: LABEL });
    for (const [table, count] of made.rows)
      context.reporter.report({ kind: "message", text: `${table}: ${count} rows` });
    return { written: [...made.rows.keys()], what: "table", kept: [] };
  } finally {
    folder.remove();
  }
}

/** Problems: usage, unknown-database-kind. */
async function writerFor(
  { layout, databaseUrl }: Request,
  { workspace }: RunContext,
): Promise<TablesWriter> {
  const writer = await databaseKind(databaseUrl, workspace).writer?.();
  if (layout === "omop" && writer !== undefined) return writer;
  return fail("usage", {
    sentence: "--database-url takes the tables of omop, and a PostgreSQL",
    wayOut: "Give --layout omop, and --database-url postgresql://USER@HOST/DATABASE?schema=NAME.",
  });
}

async function copied(
  { databaseUrl, force }: Request,
  { writer, file }: { readonly writer: TablesWriter; readonly file: string },
  context: RunContext,
): Promise<boolean> {
  const { reporter, signal } = context;
  const fileOf = (table: OmopTable): string => `${file}.${table}.csv`;
  const total = omopTableNames.length;
  const progress = reporter.progress({ label: LABEL, unit: "tables", total });
  try {
    await writeCsvTables(file, fileOf);
    const tables = omopTableNames.map((table) => tableOf(table, fileOf(table)));
    const onTable = (): void => {
      progress.advance(1);
    };
    const asked = { tables, force, signal, onTable };
    return await writer.write(databaseUrl, from(context), asked);
  } finally {
    progress.end();
  }
}

function from({ workspace, environment, reporter }: RunContext) {
  const note = (text: string): void => {
    reporter.report({ kind: "message", text });
  };
  return { workspace, outside: { environment, note } };
}

const kinds: { readonly [K in OmopKind]: PhysicalKind } = {
  text: "text",
  whole: "int",
  concept: "int",
  id: "long",
  fraction: "real",
  date: "date",
  datetime: "datetime",
};

/** As the model's own definition has them: people, and standard concepts. */
const ASKED_BY =
  /^person_id$|^(?:condition|procedure|observation|measurement|drug)_concept_id$|^concept_id(?:_1)?$|^ancestor_concept_id$/;

function tableOf(name: OmopTable, path: string): TableToWrite {
  const columns = omopColumns(name);
  return {
    name,
    columns: Object.fromEntries(columns.map((column) => [column, kinds[omopKind(column)]])),
    indexes: columns.filter((column) => ASKED_BY.test(column)),
    csv: () => bytesOnce(path),
  };
}
