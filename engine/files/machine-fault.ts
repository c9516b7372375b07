/** What a machine refuses, wherever it is met: a problem with its way out, and no fault of ours. */
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";

/** No room, no right, no more files: nothing that the engine could have done otherwise. */
const REFUSALS = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "EIO",
]);

/** Without these words Node has no name for it. */
const NO_MEMORY = /could not allocate memory|Array buffer allocation failed|Cannot allocate memory/;
const NO_MEMORY_CODES = new Set(["ENOMEM", "ERR_WORKER_OUT_OF_MEMORY", "ERR_WORKER_INIT_FAILED"]);

/** Null for any other error, which is a bug. */
export function machineFault(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (NO_MEMORY_CODES.has(code) || NO_MEMORY.test(error.message)) {
    return problem("machine-memory", {});
  }
  const answer = systemCode(error);
  if (answer === null || !REFUSALS.has(answer)) return null;
  const path = "path" in error && typeof error.path === "string" ? error.path : "a file";
  try {
    return failForFile(error, path, "write");
  } catch (told) {
    return told instanceof ProblemError ? (told.problems[0] ?? null) : null;
  }
}
