/** The command `dump_cohort_sql`. */
import type { RequestOf } from "../options/command-table.ts";
import { tpp } from "../schema/tpp/tpp-provider.ts";
import { mssql } from "../sql/dialects/mssql.ts";
import { duckdb } from "../sql/dialects/duckdb.ts";
import { plainPlaces, postgresql } from "../sql/dialects/postgresql.ts";
import { trino } from "../sql/dialects/trino.ts";
import { cohortScript, endOfScript } from "../sql/script.ts";
import { identifier, word } from "../text/sql.ts";
import type { RunContext } from "./context.ts";
import { fail } from "./problems.ts";
import { datedStudies, planAlone } from "./studies/dated-studies.ts";

/** In Trino kept tables have plain names: whoever runs the script says in which schema. */
const dialects = {
  duckdb,
  mssql,
  postgresql: postgresql(plainPlaces),
  trino: trino({ recordTable: identifier, keptTable: word }),
} as const;

/** The statements that answer each selected study, in order. */
export async function dumpCohortSql(
  request: RequestOf<"dump_cohort_sql">,
  context: RunContext,
): Promise<readonly string[]> {
  if (request.withCodes && request.noCodes) {
    const sentence = "--with-codes and --no-codes exclude each other";
    fail("usage", { sentence, wayOut: "Keep one of them." });
  }
  const studies = await datedStudies(request, context);
  const dialect = dialects[request.dialect];
  const speaking = { dialect, provider: tpp, includeOptedOut: false };
  const withCodes = !request.noCodes;
  return studies.flatMap((study, i) => {
    const plan = planAlone(study);
    const end = i + 1 < studies.length ? [...endOfScript(plan, speaking), ""] : [];
    return [...cohortScript(plan, speaking, { withCodes }), ...end];
  });
}
