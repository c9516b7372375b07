/** The thread in which a cohort command runs beside another one. */
import { parentPort, workerData } from "node:worker_threads";
import { asLogged, ProblemError } from "../../base/problems.ts";
import type { StudyFacts } from "../context.ts";
import type { ActionAnswer, ActionTask } from "./action-thread.ts";
import { performAction } from "./perform-action.ts";
import { progressSteps } from "./progress-steps.ts";

const port = parentPort;
if (port === null) throw new Error("the file of a thread was run by itself");
const answer = (message: ActionAnswer): void => {
  port.postMessage(message);
};
const stop = new AbortController();
port.once("message", () => {
  stop.abort();
});

const { request, now, ...given } = workerData as ActionTask;
const context = {
  ...given,
  now: () => new Date(now),
  signal: stop.signal,
  onStudy: (facts: StudyFacts) => {
    answer({ kind: "study", facts });
  },
  progress: progressSteps((step) => {
    answer({ kind: "progress", ...step });
  }),
};
try {
  const print = (line: string): void => {
    answer({ kind: "line", line });
  };
  answer({ kind: "done", summary: await performAction(request, context, print) });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  answer({ kind: "problems", problems: error.problems.map(asLogged) });
} finally {
  // Waiting for a word to stop would keep the thread alive.
  port.unref();
}
