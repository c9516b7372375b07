/** What a plan costs in a database: what the database expects, and what making the parts really takes. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { PartFacts } from "../../plan/explain.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { tableUses } from "../../plan/table-uses.ts";
import { plainQuery, querySql } from "../../sql/query.ts";
import type { Query } from "../../sql/query.ts";
import { partStatements } from "../../sql/statements.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { evaluate, planFor } from "./evaluation.ts";
import { whileKept } from "./keep-tables.ts";
import type { Records } from "./records.ts";
import { inputTables, uploadInputs } from "./upload.ts";
import { sql } from "../../text/sql.ts";

export interface ExplainOptions {
  readonly today: IsoDate;
  readonly readFile: ReadFile;
  /** Make the parts, and tell what that took. */
  readonly analyze: boolean;
}

export interface Explained {
  readonly plan: CohortPlan;
  readonly facts: ReadonlyMap<string, PartFacts>;
}

/** Problems: those of `evaluate`. */
export async function explainIn(
  records: Records,
  study: CheckedStudy,
  indexDates: readonly IsoDate[],
  options: ExplainOptions,
): Promise<Explained> {
  const plan = await planFor(records, study, indexDates, options);
  await records.ready(tableUses(plan));
  const expected = await expectations(records, plan, options.readFile);
  if (!options.analyze) return { plan, facts: expected };
  const facts = new Map(expected);
  const evaluation = await evaluate(records, study, indexDates, {
    ...options,
    onPart: ({ part, rows, milliseconds }) =>
      void facts.set(part.name, { ...facts.get(part.name), rows, milliseconds }),
  });
  await evaluation.end();
  return { plan, facts };
}

/**
 * Nothing where the database does not tell. Asked with empty tables for what comes before, so that a part that
 * reads another is guessed low.
 */
async function expectations(
  records: Records,
  plan: CohortPlan,
  readFile: ReadFile,
): Promise<ReadonlyMap<string, PartFacts>> {
  const { session, dialect, provider, expectedRows } = records;
  const facts = new Map<string, PartFacts>();
  if (expectedRows === null) return facts;
  await uploadInputs(plan, records, readFile);
  const speaking = { dialect, provider, includeOptedOut: true };
  const empty = (query: Query): Query =>
    plainQuery(sql`SELECT * FROM (${querySql(query)}) e LIMIT 0`);
  for (const { part, before, query } of partStatements(plan, speaking, null)) {
    const emptied = before.map((each) => ({ ...each, query: empty(each.query) }));
    await whileKept(emptied, records, async () => {
      facts.set(part.name, { estimatedRows: await expectedRows(querySql(query)) });
      await session.run(dialect.keep(part.name, empty(query)));
    });
  }
  const made = [...plan.parts.map(({ name }) => name), ...inputTables(plan, records)];
  for (const name of made) await session.run(dialect.discard(name));
  return facts;
}
