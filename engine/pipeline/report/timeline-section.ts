import type { JobRecord, RunRecord } from "../record/run-record.ts";
import { clockText, jobSeconds, secondsBetween, timeText } from "../record/run-times.ts";
import { stateOf } from "../record/status.ts";
import { timeHtml } from "./time-html.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

/** The bar of a chart is so many parts wide, whatever the width of the screen. */
const PARTS = 1000;
const LEAST_PARTS = 3;

/** When each job ran, as bars below one another. Jobs that never started have none. */
export function timelineSection(run: RunRecord): readonly Html[] {
  const from = run.started ?? run.created;
  const to = run.finished ?? lastEnd(run) ?? from;
  const span = Math.max(secondsBetween(from, to), 0.001);
  return [
    markup`<h2>Timeline</h2>`,
    markup`<p class="soft times">From ${timeHtml(from)} to ${timeHtml(to)}</p>`,
    ...run.jobs.map((job) => barOf(job, from, span)),
  ];
}

function lastEnd({ jobs }: RunRecord): string | null {
  const times = jobs.flatMap(({ states }) => states.map(({ at }) => at)).sort();
  return times.at(-1) ?? null;
}

function barOf(job: JobRecord, from: string, span: number): Html {
  const { action, started } = job;
  const title = `${action}: ${timeText(started)} to ${timeText(job.finished)}`;
  return markup`<div class="row">
    <div>${action} <span class="soft">${clockText(jobSeconds(job))}</span></div>
    <svg
      class="bar"
      viewBox="0 0 ${PARTS} 14"
      preserveAspectRatio="none"
      role="img"
      aria-label="${title}"
    >
      <title>${title}</title>
      ${started === null ? null : rectOf(job, from, span)}
    </svg>
  </div>`;
}

function rectOf(job: JobRecord, from: string, span: number): Html {
  const start = Math.min(PARTS, (PARTS * secondsBetween(from, job.started)) / span);
  const width = Math.min(PARTS - start, (PARTS * jobSeconds(job)) / span);
  const shown = Math.max(width, LEAST_PARTS);
  const x = Math.min(start, PARTS - shown);
  return markup`<rect
    class="b-${stateOf(job.status)}"
    x="${x.toFixed(1)}"
    y="2"
    width="${shown.toFixed(1)}"
    height="10"
  />`;
}
