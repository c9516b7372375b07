/** What a plan costs in a database: what DuckDB expects, and what making the parts really takes. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { PartFacts } from "../../plan/explain.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { tableUses } from "../../plan/table-uses.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { partStatements } from "../../sql/statements.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { PATIENTS_AT_ONCE } from "./database-backend.ts";
import { parseDuckDbUrl } from "../duckdb/duckdb-url.ts";
import { whileKept } from "./keep-tables.ts";
import { evaluate, planFor } from "./evaluation.ts";
import { openRecords } from "../duckdb/open-records.ts";
import type { Records } from "../duckdb/open-records.ts";
import { uploadCodelist, uploadFile } from "./upload.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export interface ExplainOptions {
  readonly workspace: string;
  readonly today: IsoDate;
  readonly readFile: ReadFile;
  /** Make the parts, and tell what that took. */
  readonly analyze: boolean;
}

export interface Explained {
  readonly plan: CohortPlan;
  readonly facts: ReadonlyMap<string, PartFacts>;
}

/** Problems: those of the URL, of opening the database and of `evaluate`. */
export async function explainInDuckDb(
  url: string,
  study: CheckedStudy,
  indexDates: readonly IsoDate[],
  options: ExplainOptions,
): Promise<Explained> {
  const parsed = parseDuckDbUrl(url);
  const records = await openRecords(parsed, options.workspace);
  try {
    const plan = await planFor(records, study, indexDates, options.today);
    await records.ready(tableUses(plan));
    const expected = await expectations(records, plan, options.readFile);
    if (!options.analyze) return { plan, facts: expected };
    const facts = new Map(expected);
    const evaluation = await evaluate(records, study, indexDates, {
      ...options,
      includeOptedOut: parsed.includeOptedOut,
      patientsAtOnce: parsed.patientsAtOnce ?? PATIENTS_AT_ONCE,
      onPart: ({ part, rows, milliseconds }) =>
        void facts.set(part.name, { ...facts.get(part.name), rows, milliseconds }),
    });
    await evaluation.end();
    return { plan, facts };
  } finally {
    records.close();
  }
}

/** Asked with empty tables for what comes before, so that a part that reads another is guessed low. */
async function expectations(
  { db }: Records,
  plan: CohortPlan,
  readFile: ReadFile,
): Promise<ReadonlyMap<string, PartFacts>> {
  for (const codelist of plan.codelists) await uploadCodelist(db, codelist);
  for (const file of plan.files) await uploadFile(db, file, readFile);
  const speaking = { dialect: duckdb, provider: tpp, includeOptedOut: true };
  const facts = new Map<string, PartFacts>();
  const empty = (query: Sql): Sql => sql`SELECT * FROM (${query}) e LIMIT 0`;
  for (const { part, before, query } of partStatements(plan, speaking, null)) {
    const emptied = before.map((each) => ({ ...each, query: empty(each.query) }));
    await whileKept(emptied, { db, dialect: duckdb }, async () => {
      facts.set(part.name, { estimatedRows: await expectedRows(db, query) });
      await db.run(duckdb.keep(part.name, empty(query)));
    });
  }
  const views = plan.files.map(({ name }) => sql`DROP VIEW ${word(name)}`);
  const made = [...plan.parts, ...plan.codelists].map(({ name }) => duckdb.discard(name));
  const files = plan.files.map(({ name }) => duckdb.discard(`${name}_rows`));
  for (const statement of [...views, ...made, ...files]) await db.run(statement);
  return facts;
}

async function expectedRows(db: DuckDb, query: Sql): Promise<number> {
  const [row] = await db.rows(sql`EXPLAIN (FORMAT json) ${query}`);
  const texts = Object.values(row ?? {}).map(String);
  const found = /"Estimated Cardinality": "~?(\d+)"/.exec(texts.join("\n"));
  return Number(found?.[1] ?? 0);
}
