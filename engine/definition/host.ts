/**
 * The only way from an author's file to the outside: three functions and the parameters, put there by
 * the sandbox before the file runs. Nothing else of this layer does input or output.
 */
import type { Problem } from "../base/problems.ts";

export interface StudyHost {
  /** Text of a UTF-8 file inside the workspace. */
  readText(path: string): string;
  /**
   * Writes one of the files that the running action declares as its outputs and says true. Says false
   * and writes nothing when another action declares it: the same file serves several actions.
   */
  writeText(path: string, text: string): boolean;
  /** Tells the author of something that does not keep the study from being used. */
  warn(warning: Problem): void;
  /** From `--param`. */
  readonly params: Readonly<Record<string, string>>;
}

declare global {
  var cohortlineHost: StudyHost | undefined;
}

/** Throws outside the sandbox: a definition is data, reading files is the engine's work. */
export function studyHost(): StudyHost {
  if (globalThis.cohortlineHost === undefined) {
    throw new Error("Codelists, params and output files exist only while cohortline runs a study");
  }
  return globalThis.cohortlineHost;
}
