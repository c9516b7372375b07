/** From a request to its command, which is loaded only then, and the lines of its result. */
import type { StudyRequest } from "../options/command-table.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { summaryLines } from "./reporting/summary.ts";

/** The lines are for standard output. Problems: those of the command. */
export async function runCommand(
  request: Exclude<StudyRequest, { readonly command: "audit" | "verify-certificate" }>,
  context: RunContext,
): Promise<readonly string[]> {
  switch (request.command) {
    case "generate_cohort": {
      const { generateCohort } = await import("./generate-cohort.ts");
      return summaryOf(request, await generateCohort(request, context));
    }
    case "generate_measures": {
      const { generateMeasures } = await import("./generate-measures.ts");
      return summaryOf(request, await generateMeasures(request, context));
    }
    case "measures_report": {
      const { measuresReport } = await import("./measures-report.ts");
      const { written } = await measuresReport(request, context);
      return isSilent(request) ? [] : [reportLine(written)];
    }
    case "release": {
      const { releaseMeasures } = await import("./release.ts");
      return messages(request, await releaseMeasures(request, context), context);
    }
    case "deciles_charts": {
      const { decilesCharts } = await import("./deciles-charts.ts");
      return summaryOf(request, await decilesCharts(request, context));
    }
    case "cohort_joiner": {
      const { cohortJoiner } = await import("./cohort-joiner.ts");
      return summaryOf(request, await cohortJoiner(request, context));
    }
    case "cohort_report": {
      const { cohortReport } = await import("./cohort-report.ts");
      return summaryOf(request, await cohortReport(request, context));
    }
    case "generate_dummy_tables": {
      const { generateDummyTables } = await import("./generate-dummy-tables.ts");
      return summaryOf(request, await generateDummyTables(request, context));
    }
    case "check": {
      const { checkStudies } = await import("./check.ts");
      return messages(request, await checkStudies(request, context), context);
    }
    case "check_records": {
      const { checkRecords } = await import("./check-records.ts");
      return messages(request, await checkRecords(request, context), context);
    }
    case "explain": {
      const { explainStudies } = await import("./explain.ts");
      return linesOf(await explainStudies(request, context));
    }
    case "convert": {
      const { convert } = await import("./convert.ts");
      return (await convert(request, context)).trimEnd().split("\n");
    }
    case "dump_cohort_sql": {
      const { dumpCohortSql } = await import("./dump-cohort-sql.ts");
      return linesOf(await dumpCohortSql(request, context));
    }
    case "dump_study_yaml": {
      const { dumpStudyYaml } = await import("./dump-study-yaml.ts");
      return (await dumpStudyYaml(request, context)).trimEnd().split("\n");
    }
    case "init": {
      const { initStudy } = await import("./init/init.ts");
      if (request.records === undefined)
        return messages(request, initStudy(request, context), context);
      const { initRecords } = await import("./init/init-records.ts");
      return messages(request, await initRecords(request, request.records, context), context);
    }
    case "maintenance": {
      const { maintenance } = await import("./maintenance.ts");
      return maintenance(request, context);
    }
    case "completion": {
      const { completionScript } = await import("./completion.ts");
      return completionScript(request.shell);
    }
  }
}

function reportLine([page = "", ...pictures]: readonly string[]): string {
  return `Wrote ${page}${pictures.length === 0 ? "" : ` and ${pictures.length} pictures`}.`;
}

/** A result may be made of texts of several lines. */
function linesOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split("\n"));
}

/** Lines, or events in their place; silence leaves only problems. */
function messages(
  request: StudyRequest,
  lines: readonly string[],
  { reporter }: RunContext,
): readonly string[] {
  if (request.json) for (const text of lines) reporter.report({ kind: "message", text });
  return isSilent(request) ? [] : lines;
}

function isSilent({ quiet, json }: Pick<StudyRequest, "quiet" | "json">): boolean {
  return quiet || json;
}

function summaryOf(request: StudyRequest, summary: RunSummary): readonly string[] {
  return isSilent(request) ? [] : summaryLines(request.command, summary);
}
