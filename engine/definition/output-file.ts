/** Files that a study's file writes itself. */
import { studyHost } from "./host.ts";

/**
 * Writes a text file that the running action declares among its outputs. One study's file can serve
 * several actions: where another action declares the file, nothing is written and the answer is false.
 *
 * @param path Relative to the workspace, as in project.yaml: `"output/codes.json"`.
 */
export function writeOutput(path: string, text: string): boolean {
  return studyHost().writeText(path, text);
}
