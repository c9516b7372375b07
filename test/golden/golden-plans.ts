/** What studies are planned and said as, agreed on; `npm run golden` writes the files anew. */
import { join } from "node:path";
import type { RunContext } from "../../engine/commands/context.ts";
import { dumpCohortSql } from "../../engine/commands/dump-cohort-sql.ts";
import { explainStudies } from "../../engine/commands/explain.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { quietContext } from "../conformance/quiet-context.ts";

const root = join(import.meta.dirname, "../..");

interface Golden {
  /** Begins the names of the files. */
  readonly name: string;
  readonly workspace: string;
  readonly indexDateRange: string;
}

const aftershocks = join(root, "study-definitions/aftershocks");

export const goldens: readonly Golden[] = [
  {
    name: "aftershocks-1-date",
    workspace: aftershocks,
    indexDateRange: "2020-01-01",
  },
  {
    name: "aftershocks-12-dates",
    workspace: aftershocks,
    indexDateRange: "2020-01-01 to 2020-12-01 by month",
  },
  {
    name: "every-spread",
    workspace: join(import.meta.dirname, "every-spread"),
    indexDateRange: "2020-01-01 to 2020-04-01 by month",
  },
];

export function planFile({ name }: Golden): string {
  return join(import.meta.dirname, `${name}.plan.txt`);
}

export const kinds = ["duckdb", "mssql", "postgresql", "trino"] as const;

export type Kind = (typeof kinds)[number];

export function sqlFile({ name }: Golden, kind: Kind): string {
  return join(import.meta.dirname, `${name}.${kind}.sql`);
}

/** As `cohortline explain` prints it without a database. */
export function planText(golden: Golden): Promise<string> {
  const request = requestFor("explain", requested(golden));
  return printed(golden, (context) => explainStudies(request, context));
}

/** As `cohortline dump_cohort_sql` prints it. */
export function sqlText(golden: Golden, dialect: Kind): Promise<string> {
  const request = requestFor("dump_cohort_sql", { ...requested(golden), dialect });
  return printed(golden, (context) => dumpCohortSql(request, context));
}

function requested({ indexDateRange }: Golden) {
  return { studyDefinition: "study_definition", indexDateRange };
}

async function printed(
  { workspace }: Golden,
  print: (context: RunContext) => Promise<readonly string[]>,
): Promise<string> {
  const outputPolicy = () => ({ decide: () => "ignore" as const, declared: [], made: [] });
  const lines = await print({ ...quietContext(workspace), outputPolicy });
  return `${lines.join("\n")}\n`;
}
