/** What `run` and `plan` may be asked for. */
import type { ProgramLimits } from "./program-request.ts";

export interface RunOptions {
  /** Names of actions, or run_all. */
  readonly wanted: readonly string[];
  readonly force: boolean;
  readonly continueOnError: boolean;
  readonly concurrency: number;
  readonly timestamps: boolean;
  readonly forGithub: boolean;
  readonly dryRun: boolean;
  readonly localTools: boolean;
  readonly strict: boolean;
  readonly databaseUrl: string | undefined;
  readonly limits: ProgramLimits;
}

/** As the command line gives them. */
export function runOptions(
  words: readonly string[],
  given: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): RunOptions {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const isOn = (name: string): boolean => given[name] === true;
  const { concurrency } = given;
  const url = text("databaseUrl") ?? environment["DATABASE_URL"];
  return {
    wanted: words,
    force: isOn("forceRunDependencies"),
    continueOnError: isOn("continueOnError"),
    concurrency: typeof concurrency === "number" ? concurrency : 2,
    timestamps: isOn("timestamps"),
    forGithub: isOn("formatOutputForGithub"),
    dryRun: isOn("dryRun"),
    localTools: isOn("localTools") || environment["COHORTLINE_LOCAL_TOOLS"] === "1",
    strict: isOn("strict"),
    databaseUrl: url === "" ? undefined : url,
    limits: { memory: text("memory") ?? "4G", cpus: text("cpus") ?? "2" },
  };
}
