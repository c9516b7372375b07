/** The command `explain`. */
import { databaseKind } from "../backend/database-kind.ts";
import { withRecords } from "../backend/connect.ts";
import { databaseOutside } from "./database-outside.ts";
import { explainIn } from "../backend/database/explain.ts";
import { fail } from "./problems.ts";
import type { RequestOf } from "../options/command-table.ts";
import { explainPlan } from "../plan/explain.ts";
import type { RunContext } from "./context.ts";
import { datedStudies, planAlone } from "./studies/dated-studies.ts";
import { studyFileReader } from "./studies/study-file-reader.ts";

/**
 * The plan of each selected study as a tree; with a database what it expects, and with `--analyze` what
 * the steps took. Problems: those of the studies, of the options and of the database.
 */
export async function explainStudies(
  request: RequestOf<"explain">,
  context: RunContext,
): Promise<readonly string[]> {
  const { analyze } = request;
  const { workspace } = context;
  const url = request.databaseUrl ?? context.environment["DATABASE_URL"] ?? "";
  if (analyze && url === "") {
    const wayOut = "Give --database-url duckdb:FILE, or set DATABASE_URL.";
    fail("usage", { sentence: "--analyze needs a database to run in", wayOut });
  }
  if (url !== "") databaseKind(url, workspace);
  const lines: string[] = [];
  for (const dated of await datedStudies(request, context)) {
    if (lines.length > 0) lines.push("");
    const { study, indexDates, today } = dated;
    const reading = { today, readFile: studyFileReader(workspace, study.name), analyze };
    const { plan, facts } =
      url === ""
        ? { plan: planAlone(dated), facts: new Map() }
        : await withRecords(url, { workspace, outside: databaseOutside(context) }, (records) =>
            explainIn(records, study, indexDates, reading),
          );
    lines.push(...explainPlan(plan, facts));
  }
  return lines;
}
