/** The study that is served, and what may be done with it. */
import type { RequestOf } from "../options/command-table.ts";
import { ProblemError } from "../base/problems.ts";
import { requestFor } from "../options/command-table.ts";
import type { PipelineContext } from "../pipeline/context.ts";
import type { RecordFolder } from "../pipeline/record/record-file.ts";
import { keptListFor } from "../pipeline/record/kept-list.ts";
import { openRunIndex } from "../pipeline/record/run-index.ts";
import type { FoundRun, RunIndex } from "../pipeline/record/run-index.ts";
import { withEnvironment } from "../pipeline/run/run-request.ts";
import type { RunRequest } from "../pipeline/run/run-request.ts";
import { recordsOf } from "../pipeline/trust/records-of.ts";
import { fail } from "../pipeline/problems.ts";
import { openRunDesk } from "./run-desk.ts";
import type { RunDesk } from "./run-desk.ts";
import type { LiveRun } from "./live-run.ts";
import { openReleaseDesk } from "./releases/release-desk.ts";
import type { ReleaseDesk } from "./releases/release-desk.ts";

export interface ServedStudy {
  readonly context: PipelineContext;
  readonly records: RecordFolder;
  readonly runs: RunIndex;
  readonly desk: RunDesk;
  readonly releases: ReleaseDesk;
  /** What every run from here has: the database and the tools that the server was started with. */
  readonly settings: RunRequest;
  readonly isReadOnly: boolean;
}

export function openServedStudy(
  { databaseUrl, localTools, readOnly, shared }: RequestOf<"serve">,
  context: PipelineContext,
  tellBug: (bug: unknown) => void,
): ServedStudy {
  const records = recordsOf(context);
  const asked = requestFor("run", { localTools, shared, ...(databaseUrl && { databaseUrl }) });
  return {
    ...{ context, records, isReadOnly: readOnly },
    runs: openRunIndex(records, context.host, keptListFor(context)),
    desk: openRunDesk(context, tellBug),
    releases: openReleaseDesk(context.folder, tellBug),
    settings: withEnvironment(asked, context.environment),
  };
}

/** The run of an identifier; while it goes on here, as it is at this moment. Problems: unknown-run, record-unreadable. */
export function runOf(
  study: ServedStudy,
  id: string,
): FoundRun & { readonly live: LiveRun | null } {
  const live = study.desk.current();
  if (live?.record().id === id) return { run: live.record(), isOurs: true, live };
  const found = study.runs.read(id);
  if (found !== null) return { ...found, live: null };
  const { runs } = study.runs.list();
  const fault = study.runs.fault(id);
  if (fault !== null) throw new ProblemError([fault]);
  return fail("unknown-run", { wanted: id, latest: runs[0]?.number ?? 0 });
}
