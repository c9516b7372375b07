/** A release that is examined or packed in a thread of its own: an audit may take minutes. */
import { openWorkers } from "../../workers/workers.ts";
import { problem } from "./problems.ts";
import type { ReviewAnswer, ReviewTask } from "./review-release.ts";

export interface Reviewing {
  readonly answer: Promise<ReviewAnswer>;
  /** Ends the work, with nothing half written. */
  readonly stop: () => void;
}

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./review-release.ts" : "./review-release.js",
  import.meta.url,
);

/** A thread that dies, of memory or because it was stopped, answers with release-not-examined. */
export function startReview(task: ReviewTask, file: URL = WORKER_FILE): Reviewing {
  const workers = openWorkers<ReviewTask, ReviewAnswer>({ count: 1, file, name: "reviewRelease" });
  let isStopped = false;
  const answer = workers
    .run(task)
    .then((given) => (given instanceof Error ? died(given.message) : given))
    .catch((error: unknown) => {
      if (!isStopped) throw error;
      return died("it was stopped");
    })
    .finally(() => workers.close());
  return {
    answer,
    stop: () => {
      isStopped = true;
      void workers.close();
    },
  };
}

function died(reason: string): ReviewAnswer {
  return { kind: "problems", problems: [problem("release-not-examined", { reason })] };
}
