/** `check --database-url`: whether a database holds records, and means what it must by all that studies say. */
import { calendarDayOf } from "../base/dates.ts";
import { ProblemError } from "../base/problems.ts";
import { databaseKind } from "../backend/database-kind.ts";
import { withRecords } from "../backend/connect.ts";
import type { Records } from "../backend/database/records.ts";
import { heldMembers, lookUpInRecords } from "../backend/database/self-test.ts";
import type { RequestOf } from "../options/command-table.ts";
import { databaseOutside } from "./database-outside.ts";
import type { RunContext } from "./context.ts";
import { problem } from "./problems.ts";
import { loadRequested } from "./studies/load-study.ts";
import type { LoadedStudy } from "./studies/load-study.ts";

/** Lines that tell what holds. Problems: those of the database; database-means-otherwise, database-look-up. */
export async function checkDatabase(
  url: string,
  context: RunContext,
  request: RequestOf<"check"> | null = null,
): Promise<readonly string[]> {
  const { workspace } = context;
  databaseKind(url, workspace);
  const isNamed = request !== null && request.studyDefinition !== "all";
  const asked = isNamed ? await loadRequested(request, context, false) : [];
  return withRecords(url, { workspace, outside: databaseOutside(context) }, async (records) => {
    for (const found of records.warnings)
      context.reporter.report({ kind: "warning", problem: found });
    return [...(await checked(records)), ...(await reported(records, asked, context))];
  });
}

/** Of records with vocabularies what they are; of the studies that are named how they are answered. */
async function reported(
  records: Records,
  asked: readonly LoadedStudy[],
  context: RunContext,
): Promise<readonly string[]> {
  const lines: string[] = [];
  if (records.provider.vocabularies !== undefined) {
    const { recordsReport } = await import("../backend/database/concepts/records-report.ts");
    lines.push(...(await recordsReport(records)));
  }
  if (asked.length === 0) return lines;
  const { studyReport } = await import("../backend/database/concepts/study-report.ts");
  for (const { study } of asked)
    lines.push(...(await studyReport(records, study, calendarDayOf(context.now()))));
  return lines;
}

async function checked(records: Records): Promise<readonly string[]> {
  const held = await heldMembers(records);
  const lookUp = await lookUpInRecords(records);
  const problems = [
    ...held.flatMap(({ member, wrong }) =>
      wrong.slice(0, 1).map((what) => problem("database-means-otherwise", { member, what })),
    ),
    ...(lookUp === null ? [] : [problem("database-look-up", { what: lookUp })]),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return [
    ...tablesThere(records),
    `operations: all ${held.length} mean what they must`,
    "codelists: can be uploaded, and looked up in records",
  ];
}

function tablesThere({ provider, tables }: Records): readonly string[] {
  const all = Object.keys(provider.tables);
  const missing = all.filter((name) => !tables.has(name.toLowerCase()));
  return [
    `records: ${all.length - missing.length} of ${all.length} tables of ${provider.described}`,
    ...(missing.length === 0 ? [] : [`  not there: ${missing.join(", ")}`]),
  ];
}
