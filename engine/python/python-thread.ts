/** The main thread's side of running a study in Python. Not from a pool: a thread runs one study and is ended with it. */
import { Worker } from "node:worker_threads";
import { workerUrl } from "../sandbox/guest-code.ts";
import { errorCode } from "../sandbox/workspace-path.ts";
import type { PythonReport } from "./python-worker.ts";
import type { PythonRequest, PythonRun } from "./run-interpreter.ts";

/** A thread that is in C code does not look at the clock: it is ended from outside after so much more. */
const GRACE_MILLISECONDS = 2000;

export type Ended = PythonRun | "took-too-long" | "used-too-much-memory";

/** Runs the study and ends the thread whatever it does. Rejects with a bug of the thread. */
export async function runInThread(request: PythonRequest): Promise<Ended> {
  const worker = new Worker(await workerUrl("python-worker", import.meta.url), {
    workerData: request,
    env: {},
    execArgv: [],
    // What WebAssembly prints when it gives up is not for the author.
    stdout: true,
    stderr: true,
    // Calls in Python also use this thread's stack.
    resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 1024 },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Ended>((resolve, reject) => {
      const late = (): void => {
        resolve("took-too-long");
      };
      worker.on("message", (report: PythonReport) => {
        if (report.kind === "ended") resolve(report.run);
        else timer = setTimeout(late, request.limits.seconds * 1000 + GRACE_MILLISECONDS);
      });
      worker.once("error", (error) => {
        if (errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY") resolve("used-too-much-memory");
        else reject(error);
      });
      worker.once("exit", () => {
        reject(new Error("the thread of the study ended without a result"));
      });
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
