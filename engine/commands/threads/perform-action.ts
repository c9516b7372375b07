/** A cohort command as an action of a pipeline runs it: what it reports becomes lines of the action's log. */
import type { MadeFiles } from "../../base/path-pattern.ts";
import { lineText } from "../../base/toned-line.ts";
import type { Line } from "../../base/toned-line.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import type { OutputPolicy, Reporter, RunContext, RunSummary } from "../context.ts";
import { textReporter } from "../reporting/reporters.ts";

/** What it is given besides the request; plain data but for functions and the signal. */
export interface ActionContext extends Omit<RunContext, "reporter" | "outputPolicy"> {
  /** Files that its studies may write. */
  readonly own: readonly string[];
  /** Files of other actions, which are not written and are no mistake. */
  readonly others: readonly string[];
  /** What each action makes. */
  readonly made: readonly MadeFiles[];
  /** Absent where nobody watches. */
  readonly progress?: Reporter["progress"];
}

export type PerformAction = (
  request: ActionRequest,
  context: ActionContext,
  print: (line: string) => void,
) => Promise<RunSummary>;

/** Performs the request in this thread. Problems: those of the command. */
export const performAction: PerformAction = async (request, given, print) => {
  const { own, others, made, progress = null, ...rest } = given;
  const printLine = (line: Line): void => {
    print(lineText(line));
  };
  const context = {
    ...rest,
    reporter: textReporter({ out: printLine, err: printLine }, "verbose", progress),
    outputPolicy: () => ({ decide: decision(own, others), declared: own, made }),
  };
  switch (request.command) {
    case "generate_cohort": {
      const { generateCohort } = await import("../generate-cohort.ts");
      return generateCohort(request, context);
    }
    case "generate_measures": {
      const { generateMeasures } = await import("../generate-measures.ts");
      return generateMeasures(request, context);
    }
    case "deciles_charts": {
      const { decilesCharts } = await import("../deciles-charts.ts");
      return decilesCharts(request, context);
    }
    case "measures_report": {
      const { measuresReport } = await import("../measures-report.ts");
      return measuresReport(request, context);
    }
    case "cohort_report": {
      const { cohortReport } = await import("../cohort-report.ts");
      return cohortReport(request, context);
    }
    case "audit": {
      const { auditMeasures } = await import("../audit.ts");
      return auditMeasures(request, context);
    }
    case "generate_dummy_tables": {
      const { generateDummyTables } = await import("../generate-dummy-tables.ts");
      return generateDummyTables(request, context);
    }
    case "cohort_joiner": {
      const { cohortJoiner } = await import("../cohort-joiner.ts");
      return cohortJoiner(request, context);
    }
  }
};

function decision(own: readonly string[], others: readonly string[]): OutputPolicy["decide"] {
  return (path) => {
    if (own.includes(path)) return "write";
    return others.includes(path) ? "ignore" : "refuse";
  };
}
