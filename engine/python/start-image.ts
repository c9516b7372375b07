/**
 * The memory of an interpreter that is ready for a study, so that a study need not wait until it has become
 * so: that takes most of the time of a small one. No study has run in it, and each gets a copy. It is
 * made when the engine is built, and used only for the very interpreter and packages of which it was made.
 */
import { interpreterBuild, pythonWords } from "./interpreter-build.ts";
import type { PackageFiles } from "./package-files.ts";
import { packagesBranch } from "./packages-branch.ts";
import { emptyBranch, treeOf } from "./tree-branches.ts";
import { firstSteps, stillWorld } from "../wasi/still-world.ts";
import type { GuestSteps } from "../wasi/still-world.ts";
import { BLOCK_BYTES, changedBlocks } from "../wasi/memory-image.ts";
import { instantiateWasm, memoryOf, PAGE_BYTES } from "../wasi/web-assembly.ts";
import type { WasmMemory, WasmModule } from "../wasi/web-assembly.ts";
import { wasiHost } from "../wasi/wasi-host.ts";

/** Of the memory, the blocks that differ from that of an interpreter that has not been started. */
export interface StartImage {
  readonly pages: number;
  readonly steps: Readonly<GuestSteps>;
  /** Where each block begins. */
  readonly starts: readonly number[];
  /** One after the other. */
  readonly blocks: Uint8Array;
}

/** With or without an image, this is what has been run before a study. */
export const GET_READY = `import sys
sys.path[:0] = ["/cohortline", "/cohortline/stand_ins"]
import cohortline_runner.ready`;

/**
 * The interpreter is stopped inside a function in C with no Python below it, once all has been run: stopped in
 * the middle of Python code it would go on there in some studies.
 */
const STOP = `import atexit, os, time
atexit.register(time.time)
os.path.exists("/host/ready")`;

class Stopped extends Error {}

/** Throws, a bug, where the interpreter does not become ready. */
export async function makeStartImage(
  interpreter: WasmModule,
  packages: PackageFiles,
): Promise<StartImage> {
  const steps = firstSteps();
  let isReady = false;
  const ready = (): null => {
    isReady = true;
    // Once more it looks at the clock when it is started again.
    steps.looks -= 1;
    return null;
  };
  const stopWhenReady = (): void => {
    if (isReady) throw new Stopped();
  };
  const printed: string[] = [];
  const host = wasiHost({
    words: pythonWords(`${GET_READY}\n${STOP}`),
    ...stillWorld({ now: 0n, steps, onClock: stopWhenReady }),
    tree: treeOf({
      cohortline: packagesBranch(packages),
      host: { ...emptyBranch, kindOf: (path) => (path === "ready" ? ready() : null) },
    }),
    print: (bytes) => void printed.push(new TextDecoder().decode(bytes)),
  });
  const started = await instantiateWasm(interpreter, host.imports);
  try {
    host.start(started);
    throw new Error(`the interpreter ended before it was ready: ${printed.join("")}`);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  const fresh = await instantiateWasm(interpreter, host.imports);
  return imageOf(memoryOf(started), memoryOf(fresh), steps);
}

function imageOf(started: WasmMemory, fresh: WasmMemory, steps: GuestSteps): StartImage {
  const [memory, before] = [Buffer.from(started.buffer), Buffer.from(fresh.buffer)];
  forgetStart(memory);
  const starts = changedBlocks(memory, before);
  const blocks = starts.map((start) => memory.subarray(start, start + BLOCK_BYTES));
  const pages = memory.length / PAGE_BYTES;
  return { pages, steps, starts, blocks: new Uint8Array(Buffer.concat(blocks)) };
}

/** So that it starts again, with all that it has in its memory. */
function forgetStart(memory: Buffer): void {
  const { startedWord } = interpreterBuild;
  if (memory.readUInt32LE(startedWord) !== 1) {
    throw new Error("the interpreter notes elsewhere that it was started");
  }
  memory.writeUInt32LE(0, startedWord);
}

/** Into the memory of an interpreter that has not been started. */
export function restoreImage(memory: WasmMemory, { pages, starts, blocks }: StartImage): void {
  const missing = pages - memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) memory.grow(missing);
  const bytes = new Uint8Array(memory.buffer);
  for (const [i, start] of starts.entries()) {
    bytes.set(blocks.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES), start);
  }
}

export function stepsOf({ steps }: StartImage): GuestSteps {
  return { ...steps };
}
