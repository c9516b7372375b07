/** The words of `jupyter nbconvert`, as people write them in project.yaml. */
import type { CannotRun, NotebookProgram } from "./guest-request.ts";

export function notebookProgram(): NotebookProgram | CannotRun {
  return { kind: "cannot", why: "it does not run notebooks" };
}
