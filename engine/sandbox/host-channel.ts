/** How the interpreter's thread asks the main thread something and waits for the reply. */
import { receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { HostCall, HostReply } from "./evaluation.ts";

/** One end of the channel. The signal is one 32-bit number in shared memory: 1 = a reply is there. */
export interface HostChannel {
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

/** Blocks this thread until the main thread has replied; the interpreter cannot wait otherwise. */
export function callHost({ port, signal }: HostChannel, call: HostCall): HostReply {
  port.postMessage(call);
  Atomics.wait(signal, 0, 0);
  Atomics.store(signal, 0, 0);
  const received = receiveMessageOnPort(port);
  if (received === undefined) throw new Error("the main thread gave a signal without a reply");
  return received.message as HostReply;
}

/** Serves the calls of the other end. A bug of `reply` goes to `onBug` and leaves the caller waiting. */
export function serveHost(
  { port, signal }: HostChannel,
  reply: (call: HostCall) => HostReply,
  onBug: (bug: unknown) => void,
): void {
  port.on("message", (call: HostCall) => {
    try {
      port.postMessage(reply(call));
    } catch (bug) {
      onBug(bug);
      return;
    }
    // After the reply, so that the reply is there when the other end wakes.
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
}
