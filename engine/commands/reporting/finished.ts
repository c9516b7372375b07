/** How `generate_cohort` and `generate_measures` end: with what they wrote, told as an event too. */
import type { CommandName, RunContext, RunSummary } from "../context.ts";

export function finished(
  command: CommandName,
  summary: Omit<RunSummary, "milliseconds">,
  began: Date,
  { now, reporter }: Pick<RunContext, "now" | "reporter">,
): RunSummary {
  const milliseconds = now().getTime() - began.getTime();
  reporter.tell({ kind: "done", command, ...summary, milliseconds });
  return { ...summary, milliseconds };
}
