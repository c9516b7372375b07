/** The main thread's side of running an author's file in a thread of its own. */
import { MessageChannel, Worker } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { Evaluation, GuestScript, HostCall, HostReply } from "./evaluation.ts";
import { guestWorkerUrl } from "./guest-code.ts";
import type { GuestReport, GuestWorkerData } from "./guest-worker.ts";
import { serveHost } from "./host-channel.ts";
import { errorCode } from "./workspace-path.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";

/** A thread that gets ready to run one script. */
export interface GuestThread {
  /** Runs the script, once. Rejects with a bug of the host's reply or of the thread itself. */
  readonly run: (script: GuestScript) => Promise<Evaluation>;
  /** Ends the thread whatever it does. */
  readonly end: () => Promise<void>;
}

/**
 * Some built-in functions of the interpreter do not look at the clock, such as joining 100 million
 * items. A thread that overstays its time by this much is ended from outside.
 */
const GRACE_MILLISECONDS = 300;

/** Starts the thread; it loads the interpreter while the caller does something else. */
export async function startGuest(
  limits: SandboxLimits,
  reply: (call: HostCall) => HostReply,
): Promise<GuestThread> {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = await startWorker({ channel: { port: port2, signal }, limits }, port2);
  const ended = new Promise<Evaluation>((resolve, reject) => {
    serveHost({ port: port1, signal }, reply, reject);
    listen(worker, limits, { resolve, reject });
  });
  // The thread may fail while the caller is still bundling; run() hands the failure on.
  ended.catch(() => undefined);
  return {
    run: async (script) => {
      worker.postMessage(script);
      return await ended;
    },
    end: async () => {
      port1.close();
      await worker.terminate();
    },
  };
}

async function startWorker(workerData: GuestWorkerData, port: MessagePort): Promise<Worker> {
  return new Worker(await guestWorkerUrl(), {
    workerData,
    transferList: [port],
    env: {},
    execArgv: [],
    // What WebAssembly prints when it gives up is not for the author.
    stdout: true,
    stderr: true,
    // The interpreter's recursion also uses this thread's stack, up to 60 times as much of it.
    resourceLimits: { stackSizeMb: 64, maxOldGenerationSizeMb: 1024 },
  });
}

interface Settle {
  readonly resolve: (evaluation: Evaluation) => void;
  readonly reject: (bug: unknown) => void;
}

function listen(worker: Worker, { seconds }: SandboxLimits, { resolve, reject }: Settle): void {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = (): void => {
    resolve({ kind: "took-too-long", stack: "" });
  };
  worker.on("message", (report: GuestReport) => {
    if (report.kind === "started") timer = setTimeout(tooLong, seconds * 1000 + GRACE_MILLISECONDS);
    else resolve(report.evaluation);
  });
  worker.on("error", (error) => {
    const isMemory = errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY";
    if (isMemory) resolve({ kind: "used-too-much-memory", stack: "" });
    else reject(error);
  });
  worker.on("exit", () => {
    clearTimeout(timer);
    reject(new Error("the sandbox's thread ended without a result"));
  });
}
