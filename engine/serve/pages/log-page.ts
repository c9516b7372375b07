/** The log of a job that has ended: as this job left it, or not at all. */
import { basename } from "node:path";
import { markup } from "../../text/html.ts";
import { jobLog } from "../job-log.ts";
import { fail } from "../problems.ts";
import type { Reply } from "../reply.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";

const MOST_SHOWN = 256 * 1024;

/**
 * A log holds only what may be read by people who must not see patients; the hash of the record holds it to what was
 * written then. Problems: unknown-run, run-of-others, log-unknown, log-changed.
 */
export function logPage(study: ServedStudy, id: string, jobId: string): Reply {
  const { run, isOurs } = runOf(study, id);
  if (!isOurs) return fail("run-of-others", { number: run.number });
  const job = run.jobs.find((each) => each.id === jobId);
  if (job === undefined || job.log_sha256 === null)
    return fail("log-unknown", { number: run.number });
  const bytes = jobLog(study.context.folder, job);
  if (bytes === null) return fail("log-changed", { action: job.action, number: run.number });
  const isCut = bytes.length > MOST_SHOWN;
  return framedPage({
    title: `Log of ${job.action}: job request ${run.number}`,
    workspace: basename(study.context.folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p>
<h1>Log of ${job.action}</h1>
${isCut ? markup`<p>Its end. The whole log is <code>${job.log ?? ""}</code>.</p>` : null}
<pre class="wide" tabindex="0">${bytes.subarray(-MOST_SHOWN).toString("utf8")}</pre>`,
  });
}
