/** The main thread's side of running an author's file in a thread of its own. */
import type { Evaluation, GuestScript, HostCall, HostReply } from "./evaluation.ts";
import type { GuestReport } from "./guest-worker.ts";
import { serveHost } from "./host-channel.ts";
import { openGuest } from "./open-guest.ts";
import type { OpenGuest } from "./open-guest.ts";
import { takePrewarmedWorker } from "./prewarmed-worker.ts";
import { defaultLimits } from "./sandbox-limits.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";
import { errorCode } from "./workspace-path.ts";

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

/**
 * Starts the thread, or takes the one that stands ready for the default limits (null); it loads the
 * interpreter while the caller does something else.
 */
export async function startGuest(
  own: SandboxLimits | null,
  reply: (call: HostCall) => HostReply,
): Promise<GuestThread> {
  const ready = own === null ? await takePrewarmedWorker() : null;
  const limits = own ?? defaultLimits;
  const guest = ready ?? (await openGuest(limits));
  const ended = new Promise<Evaluation>((resolve, reject) => {
    serveHost(guest.channel, reply, reject);
    listen(guest, limits, { resolve, reject });
  });
  // The thread may fail while the caller is still bundling; run() hands the failure on.
  ended.catch(() => undefined);
  return {
    run: async (script) => {
      guest.worker.postMessage(script);
      return await ended;
    },
    end: async () => {
      guest.channel.port.close();
      await guest.worker.terminate();
    },
  };
}

interface Settle {
  readonly resolve: (evaluation: Evaluation) => void;
  readonly reject: (bug: unknown) => void;
}

function listen(
  { worker, failure, exit }: OpenGuest,
  { seconds }: SandboxLimits,
  { resolve, reject }: Settle,
): void {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = (): void => {
    resolve({ kind: "took-too-long", stack: "" });
  };
  worker.on("message", (report: GuestReport) => {
    if (report.kind === "started") timer = setTimeout(tooLong, seconds * 1000 + GRACE_MILLISECONDS);
    else resolve(report.evaluation);
  });
  void failure.then((error) => {
    const isMemory = errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY";
    if (isMemory) resolve({ kind: "used-too-much-memory", stack: "" });
    else reject(error);
  });
  void exit.then(() => {
    clearTimeout(timer);
    reject(new Error("the sandbox's thread ended without a result"));
  });
}
