/** The thread that runs an author's file. It lives for one file, with an interpreter of its own. */
import * as interpreter from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant, newVariant } from "quickjs-emscripten-core";
import type { QuickJSSyncVariant } from "quickjs-emscripten-core";
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { evaluate } from "./evaluate.ts";
import type { Evaluation, GuestScript } from "./evaluation.ts";
import { callHost } from "./host-channel.ts";
import type { HostChannel } from "./host-channel.ts";
import { MEGABYTE } from "./sandbox-limits.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";

export interface GuestWorkerData {
  readonly channel: HostChannel;
  readonly limits: SandboxLimits;
}

/** What the thread tells the main thread. */
export type GuestReport =
  { readonly kind: "started" } | { readonly kind: "ended"; readonly evaluation: Evaluation };

// The package's types describe its CommonJS form, where `default` lies one level deeper.
const release = interpreter.default as unknown as QuickJSSyncVariant;

/** The compiler's library has no types for it. */
interface WebAssemblyApi {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Heap;
}

interface Heap {
  readonly buffer: ArrayBuffer;
}

const { Memory } = Reflect.get(globalThis, "WebAssembly") as WebAssemblyApi;
const PAGE_BYTES = 65_536;
/** What this build of the interpreter asks for, and all it can address. */
const INITIAL_PAGES = 256;
const MAXIMUM_PAGES = 32_768;

/**
 * The limit itself: the interpreter's own count leaves out array buffers, scattered free memory, and the
 * copy of a list that grows or of a file that is handed over.
 */
function heapFor({ megabytes }: SandboxLimits): Heap {
  const wanted = Math.ceil((megabytes * MEGABYTE) / PAGE_BYTES);
  const maximum = Math.min(INITIAL_PAGES + wanted, MAXIMUM_PAGES);
  return new Memory({ initial: INITIAL_PAGES, maximum });
}

/**
 * The interpreter's main function is so large that compiling it anew, optimised, costs more than a small
 * study, holds up the end of the thread, and does not pay within seconds. What is compiled between these
 * two stays as it is; the flags hold for the whole process, so they are put back at once.
 */
const AS_IT_IS = "--liftoff-only";
const AS_USUAL = "--no-liftoff-only";

async function serve(port: MessagePort, { channel, limits }: GuestWorkerData): Promise<void> {
  setFlagsFromString(AS_IT_IS);
  const heap = heapFor(limits);
  const variant = newVariant(release, { wasmMemory: heap });
  const quickjs = await newQuickJSWASMModuleFromVariant(variant).finally(() => {
    setFlagsFromString(AS_USUAL);
  });
  port.once("message", (script: GuestScript) => {
    port.postMessage({ kind: "started" } satisfies GuestReport);
    const evaluation = evaluate(script, {
      quickjs,
      limits,
      call: (call) => callHost(channel, call),
      now: () => performance.now(),
      heapBytes: () => heap.buffer.byteLength,
    });
    port.postMessage({ kind: "ended", evaluation } satisfies GuestReport);
  });
}

if (parentPort !== null) await serve(parentPort, workerData as GuestWorkerData);
