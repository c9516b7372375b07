/**
 * The sandbox's thread, from its start on: it loads the interpreter and then waits for a script. Not from a
 * pool: each study has a thread of its own that is ended with it, and loading a pool delays every command.
 */
import { MessageChannel, Worker } from "node:worker_threads";
import { workerUrl } from "./guest-code.ts";
import type { GuestWorkerData } from "./guest-worker.ts";
import type { HostChannel } from "./host-channel.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";

export interface OpenGuest {
  readonly worker: Worker;
  /** The host's end. */
  readonly channel: HostChannel;
  /** Fulfilled when the thread fails, whoever listens by then. */
  readonly failure: Promise<unknown>;
  /** Fulfilled when the thread has ended. */
  readonly exit: Promise<void>;
}

export async function openGuest(limits: SandboxLimits): Promise<OpenGuest> {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const workerData: GuestWorkerData = { channel: { port: port2, signal }, limits };
  const worker = new Worker(await workerUrl("guest-worker", import.meta.url), {
    workerData,
    transferList: [port2],
    env: {},
    execArgv: [],
    // What WebAssembly prints when it gives up is not for the author.
    stdout: true,
    stderr: true,
    // The interpreter's recursion also uses this thread's stack, up to 60 times as much of it.
    resourceLimits: { stackSizeMb: 64, maxOldGenerationSizeMb: 1024 },
  });
  const failure = new Promise<unknown>((resolve) => worker.once("error", resolve));
  const exit = new Promise<void>((resolve) =>
    worker.once("exit", () => {
      resolve();
    }),
  );
  return { worker, channel: { port: port1, signal }, failure, exit };
}
