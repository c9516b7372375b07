/** How `generate_cohort` and `generate_measures` end: with what they wrote, as an event and in a line or two. */
import type { CommandName } from "../../options/command-table.ts";
import type { RunContext, RunSummary } from "../context.ts";
import { patientsPerDate } from "./patients-per-date.ts";

/** Reports the event, and gives the summary with the time it took. */
export function finished(
  command: CommandName,
  summary: Omit<RunSummary, "milliseconds">,
  began: Date,
  { now, reporter }: Pick<RunContext, "now" | "reporter">,
): RunSummary {
  const milliseconds = now().getTime() - began.getTime();
  reporter.report({ kind: "done", command, ...summary, milliseconds });
  return { ...summary, milliseconds };
}

/** Shorter runs need no word about their time. */
const LONG = 10_000;

export function summaryLines(command: string, summary: RunSummary): readonly string[] {
  const { written, kept, suppressed = 0, others = 0, folder, milliseconds = 0 } = summary;
  const { cohorts = [] } = summary;
  const where = folder === undefined ? "" : ` to ${folder}`;
  const keptText =
    kept.length === 0 ? "" : `, kept ${counted(kept.length, "file")} that needed no change`;
  const took = milliseconds < LONG ? "" : ` It took ${Math.round(milliseconds / 1000)} s.`;
  const wrote = `Wrote ${counted(written.length, summary.what ?? "file")}${where}${patientsText(command, summary)}${keptText}.${took}`;
  const measures = `${suppressed} ${suppressed === 1 ? "measure" : "measures"}`;
  const lies = others === 1 ? "1 cohort file" : `${others} cohort files`;
  const them = others === 1 ? "it" : "them";
  return [
    wrote,
    ...patientsPerDate(cohorts),
    ...(suppressed === 0
      ? []
      : [`Small numbers are suppressed in ${measures}; --verbose tells where.`]),
    ...(others === 0
      ? []
      : [
          `There ${others === 1 ? "is" : "are"} ${lies} of other index dates besides: generate_measures measures ${them} too; --verbose names ${them}.`,
        ]),
  ];
}

function patientsText(command: string, { patients = [] }: RunSummary): string {
  if (patients.length === 0) return "";
  const [least, most] = [Math.min(...patients), Math.max(...patients)];
  const count = least === most ? String(most) : `${least} to ${most}`;
  const each = patients.length === 1 ? "" : " each";
  const counted = `${count} ${count === "1" ? "patient" : "patients"}${each}`;
  const cohorts = `${patients.length} ${patients.length === 1 ? "cohort" : "cohorts"}`;
  return command === "generate_measures" ? ` from ${cohorts}, ${counted}` : `, ${counted}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
