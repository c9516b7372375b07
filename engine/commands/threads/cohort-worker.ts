/** The thread in which a cohort command runs beside another one. */
import { parentPort, workerData } from "node:worker_threads";
import { asLogged, ProblemError } from "../../base/problems.ts";
import type { Progress, Reporter, StudyFacts } from "../context.ts";
import type { CohortAnswer, CohortTask, ProgressStep } from "./cohort-thread.ts";
import { performCohortWords } from "./cohort-words.ts";

const port = parentPort;
if (port === null) throw new Error("the file of a thread was run by itself");
const answer = (message: CohortAnswer): void => {
  port.postMessage(message);
};
const stop = new AbortController();
port.once("message", () => {
  stop.abort();
});

const { words, now, ...surroundings } = workerData as CohortTask;
let works = 0;
const context = {
  ...surroundings,
  now: () => new Date(now),
  signal: stop.signal,
  onStudy: (facts: StudyFacts) => {
    answer({ kind: "study", facts });
  },
  progress: (work: Parameters<Reporter["progress"]>[0]): Progress => {
    const id = works++;
    const tell = (step: ProgressStep): void => {
      answer({ kind: "progress", id, step });
    };
    tell({ at: "begin", work });
    return {
      advance: (units, rows = units) => {
        tell({ at: "advance", units, rows });
      },
      end: () => {
        tell({ at: "end" });
      },
    };
  },
};
try {
  const say = (line: string): void => {
    answer({ kind: "line", line });
  };
  answer({ kind: "done", summary: await performCohortWords(words, context, say) });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  answer({ kind: "problems", problems: error.problems.map(asLogged) });
} finally {
  // Waiting for a word to stop would keep the thread alive.
  port.unref();
}
