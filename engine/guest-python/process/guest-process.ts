/**
 * The process of one guest: started for one action with a request's file as its only word, at low priority, with
 * no environment. It compiles the program, runs it in a thread, answers what it asks, and puts its files where
 * they belong.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { guestBuild } from "../guest-build.ts";
import type { GuestEnd, GuestRequest } from "../guest-request.ts";
import { boundedProgram } from "../../wasi/wasm-sections.ts";
import { compileWasm, PAGE_BYTES } from "../../wasi/web-assembly.ts";
import type { WasmModule } from "../../wasi/web-assembly.ts";
import { answerDoor } from "./answer-door.ts";
import type { DoorKeeper } from "./answer-door.ts";
import type { ThreadEnd } from "./guest-thread.ts";
import { placeMade } from "./place-made.ts";

const MEGABYTE = 1_048_576;
/** Calls in Python also use the thread's stack. */
const STACK_MEGABYTES = 64;

export async function runGuest(requestFile: string): Promise<number> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const request = JSON.parse(readFileSync(requestFile, "utf8")) as GuestRequest;
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const { port1: here, port2: there } = new MessageChannel();
  const worker = new Worker(new URL("./guest-thread.js", import.meta.url), {
    workerData: { request, door: { port: there, bell } },
    transferList: [there],
    env: {},
    resourceLimits: { stackSizeMb: STACK_MEGABYTES },
  });
  const keeper = answerDoor(request, { port: here, bell });
  const clock = actionClock(request.limits.seconds);
  try {
    const ended = Promise.race([endOf(worker, keeper), clock.late]);
    worker.postMessage({ program: await programOf(request) });
    const { end, made } = await ended;
    placeMade(made, request.workspace);
    const finished = await keeper.finish(end);
    writeFileSync(join(request.scratch, "ended.json"), JSON.stringify(finished));
    return finished.exit;
  } finally {
    clock.stop();
    await worker.terminate();
    here.close();
  }
}

/** Whoever started this process has checked it. */
function programOf({ runtime, start, limits }: GuestRequest): Promise<WasmModule> {
  const bytes = readFileSync(start?.program ?? join(runtime, guestBuild.program.file));
  const pages = Math.floor((limits.megabytes * MEGABYTE) / PAGE_BYTES);
  return compileWasm(boundedProgram(bytes, pages));
}

interface Ended {
  readonly end: GuestEnd;
  readonly made: ThreadEnd["made"];
}

/** Rings once, when the action has taken all its time. */
function actionClock(seconds: number): {
  readonly late: Promise<Ended>;
  readonly stop: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended>((resolve) => {
    const milliseconds = Math.min(seconds * 1000, 2 ** 31 - 1);
    timer = setTimeout(() => {
      resolve({ end: { exit: 1, stopped: "time", at: String(seconds) }, made: [] });
    }, milliseconds);
  });
  return {
    late,
    stop: () => {
      clearTimeout(timer);
    },
  };
}

function endOf(worker: Worker, keeper: DoorKeeper): Promise<Ended> {
  return new Promise((resolve, reject) => {
    worker.on("message", ({ exit, stopped, made }: ThreadEnd) => {
      resolve({ end: { exit, stopped, at: "" }, made });
    });
    worker.on("error", reject);
    worker.on("exit", () => {
      reject(new Error("the thread of the guest ended without a word"));
    });
    keeper.onLate((at) => {
      resolve({ end: { exit: 1, stopped: "cell-time", at }, made: [] });
    });
  });
}

const [, , requestFile] = process.argv;
if (requestFile !== undefined) process.exitCode = await runGuest(requestFile);
