/** What the page of a run has here besides what a report has. */
import { durationText, groupedDigits } from "../base/shown-numbers.ts";
import { isInFolder, lastAudit } from "../pipeline/report/last-audit.ts";
import type { RunExtras } from "../pipeline/report/run-extras.ts";
import type { FoundRun } from "../pipeline/record/run-index.ts";
import type { JobRecord } from "../pipeline/record/run-record.ts";
import { stateOf } from "../pipeline/record/status.ts";
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { lastLogLines } from "./job-log.ts";
import type { LiveRun, Work } from "./live-run.ts";
import { shownOutputs } from "./shown-outputs.ts";
import type { ServedStudy } from "./served-study.ts";

interface ServedRun extends FoundRun {
  readonly live: LiveRun | null;
}

export function extrasOf(study: ServedStudy, { run, isOurs, live }: ServedRun): RunExtras {
  const shown = isOurs ? shownOutputs(study, run) : new Set<string>();
  const now = study.context.now().getTime();
  return {
    // Of audits in other runs the page of a report tells.
    verdictOf: lastAudit(run, isOurs ? [run] : [], isInFolder(study.context.folder)),
    addressOf: ({ path, sha256 }) => (shown.has(path) ? `/runs/${run.id}/outputs/${sha256}` : null),
    besideJob: (job) => {
      const state = stateOf(job.status);
      if (live === null || state !== "running") return isOurs ? endedLog(study, run.id, job) : null;
      const work = live.workOf(job.action);
      const elapsed = job.started === null ? 0 : (now - Date.parse(job.started)) / 1000;
      return markup`<p class="running">Running for ${durationText(elapsed)}${work === null ? null : workText(work, now)}</p>
${logBlock(live.logOf(job.action))}`;
    },
  };
}

/** Of a job that failed, the last lines say why and where. */
function endedLog({ context }: ServedStudy, run: string, job: JobRecord): Html | null {
  if (job.log_sha256 === null) return null;
  const isFailed = stateOf(job.status) === "failed";
  return markup`${isFailed ? logBlock(lastLogLines(context.folder, job)) : null}
<p><a href="/runs/${run}/logs/${job.id}">Its log</a></p>`;
}

function workText({ unit, total, done, rows, since }: Work, now: number): Html {
  const left = done === 0 || done >= total ? null : ((now - since) / done / 1000) * (total - done);
  const counted = rows === 0 ? "" : `, ${groupedDigits(rows)} rows`;
  const rest = left === null ? "" : `, about ${durationText(left)} left`;
  const words = `${groupedDigits(done)} of ${groupedDigits(total)} ${unit}${counted}${rest}`;
  return markup`: ${words}<br /><progress max="${total}" value="${done}" aria-label="${unit} done"></progress>`;
}

function logBlock(lines: readonly string[]): Html | null {
  if (lines.length === 0) return null;
  return markup`<pre class="wide log" tabindex="0" aria-label="Log">${lines.join("\n")}</pre>`;
}
