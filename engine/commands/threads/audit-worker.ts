/** The thread in which the command `audit` works. */
import { parentPort, workerData } from "node:worker_threads";
import { ProblemError } from "../../base/problems.ts";
import { auditCommand } from "../audit.ts";
import type { AuditTask, AuditTold } from "./audit-thread.ts";
import { progressSteps } from "./progress-steps.ts";

const port = parentPort;
if (port === null) throw new Error("the file of a thread was run by itself");
const tell = (told: AuditTold): void => {
  port.postMessage(told);
};
const { request, folder, stop } = workerData as AuditTask;
const flag = new Uint8Array(stop);
const watch = {
  isStopped: () => Atomics.load(flag, 0) === 1,
  progress: progressSteps((step) => {
    tell({ kind: "progress", ...step });
  }),
};
try {
  tell({ kind: "done", ...(await auditCommand(request, folder, watch)) });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  tell({ kind: "problems", problems: error.problems });
}
