import type { JobRecord, RunRecord } from "../record/run-record.ts";
import { clockText, jobSeconds, timeText } from "../record/run-times.ts";
import { stateOf, statusCodes } from "../record/status.ts";
import { escaped } from "./escaped.ts";

/** Each job with its state, why it ran, and every state it went through. */
export function jobsSection({ jobs, kept }: RunRecord): readonly string[] {
  const states = jobs.map(({ status }) => stateOf(status));
  const done = states.filter((state) => state === "succeeded" || state === "failed").length;
  const keptNames = kept.map(({ action }) => escaped(action)).join(", ");
  return [
    "<h2>Jobs</h2>",
    `<p class="soft">${done} of ${jobs.length} complete, ${states.filter((s) => s === "failed").length} failed</p>`,
    ...jobs.map(jobBlock),
    ...(kept.length === 0 ? [] : [`<p>Kept, because nothing changed: ${keptNames}</p>`]),
  ];
}

function jobBlock(job: JobRecord): string {
  const { action, status, message, id, command, exit, log, notes, levels } = job;
  const state = stateOf(status);
  const items = [
    `Why: ${job.reasons.join("; ")}`,
    ...notes,
    ...(exit === null ? [] : [`Exit code ${exit}`]),
    ...(log === null || job.started === null ? [] : [`Log: ${log}`]),
    `Writes ${levels.join(", ")}`,
  ];
  return [
    '<div class="job">',
    `<h3>${escaped(action)} <span class="status ${state}">${state}</span></h3>`,
    `<p>${escaped(status)}: ${escaped(message)}</p>`,
    `<p class="soft">${escaped(id)}, ${clockText(jobSeconds(job))}</p>`,
    `<p><code>${escaped(command)}</code></p>`,
    `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`,
    `<details><summary>States</summary><ul>${job.states.map(stateItem).join("")}</ul></details>`,
    "</div>",
  ].join("\n");
}

function stateItem({ code, at }: JobRecord["states"][number]): string {
  return `<li>${timeText(at)}: ${escaped(code)} (${escaped(statusCodes[code].text)})</li>`;
}
