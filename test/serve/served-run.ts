/** A study whose actions have run once, and its server. */
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { withServer } from "./serving.ts";
import type { Serving } from "./serving.ts";

export interface Ran {
  readonly folder: string;
  readonly run: RunRecord;
}

export function inServedRun(
  words: readonly string[],
  study: Files,
  act: (serving: Serving, ran: Ran) => Promise<void>,
): Promise<void> {
  return inWorkspace(study, async (folder) => {
    await cohortline(folder, ["run", "run_all", "--local-tools", "--quiet"]);
    const { out } = await cohortline(folder, ["show", "--json"]);
    const { run } = JSON.parse(out) as { readonly run: RunRecord };
    await withServer(folder, words, (serving) => act(serving, { folder, run }));
  });
}

/** The hash of an output. */
export function outputNamed(run: RunRecord, path: string): string {
  const outputs = run.jobs.flatMap((job) => job.outputs);
  return outputs.find((output) => output.path === path)?.sha256 ?? "none";
}
