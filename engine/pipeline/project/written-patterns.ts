/** What files the engine's own commands write, as patterns. */
import { posix } from "node:path";
import { unreachable } from "../../base/problems.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import { folderThatWins } from "./cohort-folder.ts";
import type { Action } from "./project.ts";

/** Where the command writes and how its files are called: output/input*.csv. */
export function writtenPattern(action: Action, request: ActionRequest): string {
  switch (request.command) {
    case "generate_cohort":
      return cohortPattern(action, request);
    case "generate_measures":
      return posix.normalize(`${request.outputDir}/measure_*.${request.outputFormat}`);
    case "deciles_charts":
      return posix.normalize(`${request.outputDir}/deciles_table_*.csv`);
    case "cohort_joiner": {
      const names = posix.basename(request.lhs).replace(/\?|\[[^\]]+\]/g, "*");
      return posix.normalize(`${request.outputDir}/${names}`);
    }
    case "measures_report":
      return posix.normalize(request.outputFile ?? `${request.outputDir}/measures.html`);
    case "cohort_report":
      return posix.normalize(request.outputFile ?? `${request.outputDir}/cohort_report.html`);
    case "audit":
      return posix.normalize(request.html ?? request.certificate ?? "");
    case "generate_dummy_tables":
      return dummyTablesPattern(request.outputFile ?? "");
    default:
      return unreachable(request);
  }
}

/** A database, or a folder with a file for each table. */
function dummyTablesPattern(file: string): string {
  return posix.join(file, file === "" || file.endsWith(".duckdb") ? "" : "*.parquet");
}

function cohortPattern(action: Action, request: RequestOf<"generate_cohort">): string {
  const { outputFile: file, outputDir, outputFormat = "csv" } = request;
  if (file !== undefined) {
    const extension = /((?:\.[^./]+)?\.[^./]+)$/.exec(file)?.[1] ?? "";
    return posix.normalize(`${file.slice(0, file.length - extension.length)}*${extension}`);
  }
  const folder = folderThatWins(action) ?? outputDir ?? "output";
  return posix.normalize(`${folder}/input*.${outputFormat}`);
}

/** What it writes besides: about who is in beside cohorts, pictures beside tables and pages. */
export function writtenBesides(action: Action, request: ActionRequest): readonly string[] {
  if (request.command === "deciles_charts") {
    return [posix.normalize(`${request.outputDir}/deciles_chart_*.png`)];
  }
  if (request.command === "measures_report") {
    const { pictures, pictureFormat: format } = request;
    if (pictures === undefined) return [];
    const types = format === "both" ? ["svg", "png"] : [format];
    return types.map((type) => posix.normalize(`${pictures}/measure_*.${type}`));
  }
  if (request.command === "audit") {
    return request.certificate === undefined ? [] : [posix.normalize(request.certificate)];
  }
  if (request.command !== "generate_cohort") return [];
  if (!request.attrition && !request.exactAttrition) return [];
  return [`${posix.dirname(writtenPattern(action, request))}/attrition*.csv`];
}
