/**
 * The command `audit` in a thread of its own: it computes without a pause, and whoever waits wants to see how far it is
 * and to end it early. What is proved by then is told.
 */
import { Worker } from "node:worker_threads";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { RunContext } from "../context.ts";
import { followed } from "./progress-steps.ts";
import type { ProgressStep } from "./progress-steps.ts";

export interface AuditTask {
  readonly request: RequestOf<"audit">;
  readonly folder: string;
  /** One byte: 1 ends it early. */
  readonly stop: SharedArrayBuffer;
}

export interface AuditLines {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 130;
}

export type AuditTold =
  | ({ readonly kind: "progress" } & ProgressStep)
  | ({ readonly kind: "done" } & AuditLines)
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./audit-worker.ts" : "./audit-worker.js",
  import.meta.url,
);

/** Problems: those of the command. */
export function auditInThread(
  request: RequestOf<"audit">,
  { workspace, signal, reporter }: Pick<RunContext, "workspace" | "signal" | "reporter">,
): Promise<AuditLines> {
  const stop = new SharedArrayBuffer(1);
  const workerData: AuditTask = { request, folder: workspace, stop };
  const worker = new Worker(WORKER_FILE, { workerData });
  const follow = followed((work) => reporter.progress(work));
  const onAbort = (): void => {
    Atomics.store(new Uint8Array(stop), 0, 1);
  };
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  return new Promise<AuditLines>((resolve, reject) => {
    worker.on("message", (told: AuditTold) => {
      if (told.kind === "progress") follow(told);
      else if (told.kind === "done") resolve(told);
      else reject(new ProblemError(told.problems));
    });
    worker.on("error", reject);
    // After an answer this changes nothing.
    worker.on("exit", (code) => {
      reject(new Error(`the thread of an audit ended without an answer (${code})`));
    });
  }).finally(() => {
    signal.removeEventListener("abort", onAbort);
  });
}
