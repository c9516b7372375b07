/**
 * Actions side by side: the first in this thread, others in threads of their own. Not in a pool: an action
 * reports while it runs, can be told to stop, and its thread must not be used again.
 */
import { Worker } from "node:worker_threads";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { RunSummary, StudyFacts } from "../context.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import { performAction } from "./perform-action.ts";
import type { ActionContext, PerformAction } from "./perform-action.ts";
import { followed } from "./progress-steps.ts";
import type { ProgressStep } from "./progress-steps.ts";

export interface ActionTask extends Omit<ActionContext, "now" | "signal" | "onStudy" | "progress"> {
  readonly request: ActionRequest;
  /** When it began, as ISO text. */
  readonly now: string;
}

export type ActionAnswer =
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "study"; readonly facts: StudyFacts }
  | ({ readonly kind: "progress" } & ProgressStep)
  | { readonly kind: "done"; readonly summary: RunSummary }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./action-worker.ts" : "./action-worker.js",
  import.meta.url,
);

/** A command that is alone needs no thread, and does not wait for one to start. */
export function sideBySide(workerFile: URL = WORKER_FILE): PerformAction {
  let isBusy = false;
  return async (request, context, print) => {
    if (isBusy || isDeaf(request)) return inThread(workerFile)(request, context, print);
    isBusy = true;
    try {
      return await performAction(request, context, print);
    } finally {
      isBusy = false;
    }
  };
}

/** An audit computes without a pause and hears nobody: only its thread can be ended. */
function isDeaf({ command }: ActionRequest): boolean {
  return command === "audit";
}

const inThread =
  (workerFile: URL): PerformAction =>
  (request, context, print) => {
    const { signal, onStudy, progress, now, ...rest } = context;
    const follow = followed(progress);
    const workerData: ActionTask = { ...rest, request, now: now().toISOString() };
    const worker = new Worker(workerFile, { workerData });
    const ended = new AbortController();
    return new Promise<RunSummary>((resolve, reject) => {
      const stop = (): void => {
        worker.postMessage("stop");
        if (!isDeaf(request)) return;
        reject(new ProblemError([problem("interrupted", { finished: 0 })]));
        void worker.terminate();
      };
      signal.addEventListener("abort", stop, { signal: ended.signal });
      if (signal.aborted) stop();
      worker.on("message", (answer: ActionAnswer) => {
        if (answer.kind === "line") print(answer.line);
        else if (answer.kind === "study") onStudy?.(answer.facts);
        else if (answer.kind === "progress") follow(answer);
        else if (answer.kind === "done") resolve(answer.summary);
        else reject(new ProblemError(answer.problems));
      });
      worker.on("error", reject);
      // After an answer this changes nothing.
      worker.on("exit", (code) => {
        reject(new Error(`the thread of a cohort command ended without an answer (${code})`));
      });
    }).finally(() => {
      ended.abort();
    });
  };
