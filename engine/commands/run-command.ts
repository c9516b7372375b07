/** From a parsed command line to the command and its summary. */
import type { MaintenanceOptions } from "./maintenance.ts";
import { parseParams } from "../options/parse-params.ts";
import type { RunContext, RunSummary } from "./context.ts";
import type { Invocation } from "../options/commands.ts";
import { summaryLines } from "./reporting/summary-lines.ts";

/** Runs the command, loading what it needs; the lines are its result, for standard output. */
export async function invoke(
  { command, options }: Omit<Invocation, "words">,
  paramWords: readonly (readonly string[])[],
  context: RunContext,
): Promise<readonly string[]> {
  const asked = { ...options, params: parseParams(paramWords) };
  const silent = options["quiet"] === true || options["json"] === true;
  switch (command) {
    case "generate_cohort": {
      const { generateCohort } = await import("./generate-cohort.ts");
      return silently(silent, command, await generateCohort(asked, context));
    }
    case "generate_measures": {
      const { generateMeasures } = await import("./generate-measures.ts");
      return silently(silent, command, await generateMeasures(asked, context));
    }
    case "generate_dummy_tables": {
      const { generateDummyTables } = await import("./generate-dummy-tables.ts");
      return silently(silent, command, await generateDummyTables(asked, context));
    }
    case "check": {
      const { checkStudies } = await import("./show-studies.ts");
      const lines = await checkStudies(asked, context);
      for (const text of lines) context.reporter.tell({ kind: "message", text });
      return silent ? [] : lines;
    }
    case "explain": {
      const { explainStudies } = await import("./plan-study.ts");
      return linesOf(await explainStudies(asked, context));
    }
    case "dump_cohort_sql": {
      const { dumpCohortSql } = await import("./plan-study.ts");
      return linesOf(await dumpCohortSql(asked, context));
    }
    case "maintenance": {
      const { maintenance } = await import("./maintenance.ts");
      return maintenance(asked as MaintenanceOptions, context);
    }
    case "dump_study_yaml": {
      const { dumpStudyYaml } = await import("./show-studies.ts");
      return (await dumpStudyYaml(asked, context)).trimEnd().split("\n");
    }
    default:
      throw new Error(`no command ${command}`);
  }
}

/** A result may be made of texts of several lines. */
function linesOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split("\n"));
}

function silently(isSilent: boolean, command: string, summary: RunSummary): readonly string[] {
  return isSilent ? [] : summaryLines(command, summary);
}
