/** What the forms of the pages do. */
import { fail } from "./problems.ts";
import type { Reply } from "./reply.ts";
import { runOf } from "./served-study.ts";
import type { ServedStudy } from "./served-study.ts";
import type { RunRequest } from "../pipeline/run/run-request.ts";

/** Answers once the run's record is written. Problems: run-under-way, and those of a run that cannot begin. */
export async function startFromForm(study: ServedStudy, form: URLSearchParams): Promise<Reply> {
  const live = await study.desk.start(requestFrom(study, form));
  return { kind: "see", path: `/runs/${live.record().id}` };
}

/** The database is the server's own; a form only says whether it is asked. */
export function requestFrom({ settings }: ServedStudy, form: URLSearchParams): RunRequest {
  return {
    ...settings,
    actions: form.getAll("action"),
    forceRunDependencies: form.has("force"),
    databaseUrl: form.get("data") === "database" ? settings.databaseUrl : undefined,
  };
}

/** Problem: run-not-under-way. */
export function cancelRun(study: ServedStudy, id: string): Reply {
  const { run, live } = runOf(study, id);
  if (live === null) return fail("run-not-under-way", { number: run.number });
  live.cancel();
  return { kind: "see", path: `/runs/${id}` };
}
