/** The thread that runs one study in Python. It lives for that study. */
import { parentPort, workerData } from "node:worker_threads";
import { runInterpreter } from "./run-interpreter.ts";
import type { PythonRequest, PythonRun } from "./run-interpreter.ts";

/** What the thread tells the main thread. */
export type PythonReport =
  { readonly kind: "started" } | { readonly kind: "ended"; readonly run: PythonRun };

const port = parentPort;
if (port !== null) {
  const run = await runInterpreter(workerData as PythonRequest, {
    now: () => performance.now(),
    onStart: () => {
      port.postMessage({ kind: "started" } satisfies PythonReport);
    },
  });
  port.postMessage({ kind: "ended", run } satisfies PythonReport);
}
