import type { JobRecord, RunRecord } from "../record/run-record.ts";
import { clockText, jobSeconds } from "../record/run-times.ts";
import { stateOf, statusCodes } from "../record/status.ts";
import { timeHtml } from "./time-html.ts";
import { markup } from "../../text/html.ts";
import type { RunExtras } from "./run-extras.ts";
import type { Html } from "../../text/html.ts";

/** Each job with its state, why it ran, and every state it went through. */
export function jobsSection({ jobs, kept }: RunRecord, { besideJob }: RunExtras): readonly Html[] {
  const states = jobs.map(({ status }) => stateOf(status));
  const done = states.filter((state) => state === "succeeded" || state === "failed").length;
  const keptNames = kept.map(({ action }) => action).join(", ");
  return [
    markup`<h2>Jobs</h2>`,
    markup`<p class="soft">
      ${done} of ${jobs.length} complete, ${states.filter((s) => s === "failed").length} failed
    </p>`,
    ...jobs.map((job) => jobBlock(job, besideJob(job))),
    ...(kept.length === 0 ? [] : [markup`<p>Kept, because nothing changed: ${keptNames}</p>`]),
  ];
}

/** The element of a job. */
export function jobElement({ id }: JobRecord): string {
  return `job-${id}`;
}

export function jobBlock(job: JobRecord, beside: Html | null): Html {
  const { action, status, message, id, command, exit, log, notes, levels, run_by } = job;
  const state = stateOf(status);
  const items = [
    `Why: ${job.reasons.join("; ")}`,
    ...notes,
    ...(run_by === null ? [] : [`Run by ${run_by}`]),
    ...(exit === null ? [] : [`Exit code ${exit}`]),
    ...(log === null || job.started === null ? [] : [`Log: ${log}`]),
    `Writes ${levels.join(", ")}`,
  ];
  return markup`<div class="job" id="${jobElement(job)}">
    <h3>${action} <span class="status ${state}">${state}</span></h3>
    <p>${status}: ${message}</p>
    <p class="soft">${id}, ${clockText(jobSeconds(job))}</p>
    <p><code>${command}</code></p>
    <ul>
      ${items.map((item) => markup`<li>${item}</li>`)}
    </ul>
    ${beside}
    <details>
      <summary>States</summary>
      <ul>
        ${job.states.map(stateItem)}
      </ul>
    </details>
  </div>`;
}

function stateItem({ code, at }: JobRecord["states"][number]): Html {
  return markup`<li class="times">${timeHtml(at)}: ${code} (${statusCodes[code].text})</li>`;
}
