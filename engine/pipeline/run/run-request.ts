/** What `run` is asked for, with what the environment says where the person says nothing. */
import type { RequestOf } from "../../options/command-table.ts";

export type RunRequest = RequestOf<"run">;

type Environment = Readonly<Record<string, string | undefined>>;

export function withEnvironment(request: RunRequest, environment: Environment): RunRequest {
  const localTools = request.localTools || environment["COHORTLINE_LOCAL_TOOLS"] === "1";
  return { ...request, localTools, databaseUrl: databaseUrlOf(request, environment) };
}

/** Empty text is as good as none. */
export function databaseUrlOf(
  { databaseUrl }: Pick<RunRequest, "databaseUrl">,
  environment: Environment,
): string | undefined {
  const url = databaseUrl === "" ? undefined : databaseUrl;
  return (url ?? environment["DATABASE_URL"]) || undefined;
}
