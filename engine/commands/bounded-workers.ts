/** How many workers a command has. */
import { usableMemory, workersThatFit } from "../workers/worker-count.ts";
import type { RunContext } from "./context.ts";
import { problem } from "./problems.ts";

/** As many as were asked for, otherwise one for each core, but no more than the memory allows, which is said where more were asked for. */
export function boundedWorkers(
  option: "--jobs" | "--workers",
  asked: number | undefined,
  { cores, reporter }: Pick<RunContext, "cores" | "reporter">,
): number {
  const most = workersThatFit();
  if (asked === undefined) return Math.min(cores, most);
  if (asked > most) {
    const memory = Math.floor(usableMemory() / 2 ** 20);
    const found = problem("workers-bounded", { option, asked, most, memory });
    reporter.report({ kind: "warning", problem: found });
  }
  return Math.min(asked, most);
}
