/** The folder that a cohort action writes to, by its words and by what it declares. */
import { posix } from "node:path";
import type { RequestOf } from "../../options/command-table.ts";
import { cohortRequest } from "./project.ts";
import type { Action } from "./project.ts";

export function saysFolder({ outputDir, outputFile }: RequestOf<"generate_cohort">): boolean {
  return outputDir !== undefined || outputFile !== undefined;
}

/** The folders in which an action declares outputs, each once. */
export function foldersOf({ outputs }: Action): readonly string[] {
  return [...new Set(outputs.map(({ pattern }) => posix.dirname(pattern)))];
}

/**
 * The one folder in which all outputs of a cohort action are declared. It is where cohorts go if nothing else
 * is said; in the pipelines of cohortextractor it wins over another --output-dir, and studies came to rely on
 * that. Null where the words of the action decide.
 */
export function folderThatWins(action: Action): string | null {
  const request = cohortRequest(action);
  const [folder, ...others] = foldersOf(action);
  if (request === null || folder === undefined || others.length > 0) return null;
  if (!saysFolder(request)) return folder;
  const { outputDir, outputFile } = request;
  if (outputDir === undefined || outputFile !== undefined) return null;
  const isOther = posix.normalize(`${outputDir}/.`) !== folder;
  return action.image === "cohortextractor" && isOther ? folder : null;
}
