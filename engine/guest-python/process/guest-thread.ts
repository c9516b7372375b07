/** The thread in which the guest runs: it answers the guest's calls, and tells the process how it ended. */
import { randomFillSync } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { guestBuild } from "../guest-build.ts";
import { pathToStart } from "../guest-words.ts";
import type { GuestRequest, GuestStop } from "../guest-request.ts";
import { seededChance } from "../../wasi/still-world.ts";
import { instantiateWasm } from "../../wasi/web-assembly.ts";
import type { WasmModule } from "../../wasi/web-assembly.ts";
import { wasiHost } from "../../wasi/wasi-host.ts";
import { fileStore } from "./file-store.ts";
import { guestDoor } from "./guest-door.ts";
import type { DoorPort } from "./guest-door.ts";
import { guestFiles } from "./guest-files.ts";
import type { GuestFiles } from "./guest-files.ts";
import { printedLines } from "./printed-lines.ts";
import { servedFiles, TEMPORARY, WORKSPACE } from "./served-files.ts";

export interface ThreadData {
  readonly request: GuestRequest;
  readonly door: DoorPort;
}

/** Sent once, when the program may be run. */
export interface ThreadStart {
  readonly program: WasmModule;
}

/** A file that it made. */
export interface PlacedFile {
  /** At which the guest knows it. */
  readonly path: string;
  readonly real: string;
  /** It was given a file of that name. */
  readonly replaces: boolean;
}

export interface ThreadEnd {
  readonly kind: "ended";
  readonly exit: number;
  readonly stopped: GuestStop | null;
  readonly made: readonly PlacedFile[];
}

const OWN_VARIABLES = [
  ...["HOME=/tmp", "TMPDIR=/tmp", "PYTHONTZPATH=", "MPLBACKEND=Agg", "LANG=C.UTF-8"],
];
const MILLISECOND = 1_000_000;

const port = parentPort;
if (port !== null) {
  const { request, door } = workerData as ThreadData;
  const files = filesOf(request);
  port.once("message", ({ program }: ThreadStart) => {
    void run(request, files, { program, door }).then((end) => {
      port.postMessage(end);
    });
  });
}

function filesOf(request: GuestRequest): GuestFiles {
  const { scratch, limits } = request;
  const store = fileStore({ folder: scratch, mostBytes: limits.bytes, now: clock });
  return guestFiles({
    served: servedFiles(request, store.started),
    // Below the library, which is a file: a folder in between would hide the file from Python.
    apart: [guestBuild.chartDataPath],
    writable: [WORKSPACE, TEMPORARY],
    store,
    mostEntries: limits.entries,
  });
}

function clock(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * MILLISECOND));
}

interface Started {
  readonly program: WasmModule;
  readonly door: DoorPort;
}

async function run(
  request: GuestRequest,
  files: GuestFiles,
  { program, door }: Started,
): Promise<ThreadEnd> {
  const { seed, variables } = request;
  const host = wasiHost({
    words: pathToStart(request),
    // Of a name that stands twice the first counts.
    environment: [...OWN_VARIABLES, ...variables],
    time: (of) => (of === 0 ? clock() : process.hrtime.bigint()),
    chance: seed === null ? (bytes) => void randomFillSync(bytes) : seededChance({ seed }),
    sleep: (nanoseconds) => {
      const word = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(word, 0, 0, Number(nanoseconds) / MILLISECOND);
    },
    tree: files,
    print: printedLines(),
  });
  const { imports, bind } = guestDoor(door, files.realOf);
  const instance = await instantiateWasm(program, { ...host.imports, ...imports });
  bind(instance);
  const { exit, stopped } = endOf(() => host.start(instance));
  const made = [...files.made()].flatMap(
    ([
      path,
      {
        stored: { real },
        replaces,
      },
    ]) => (real === null || !path.startsWith(`${WORKSPACE}/`) ? [] : [{ path, real, replaces }]),
  );
  return { kind: "ended", exit, stopped, made };
}

function endOf(start: () => number): Pick<ThreadEnd, "exit" | "stopped"> {
  try {
    return { exit: start(), stopped: null };
  } catch (error) {
    if (error instanceof RangeError) return { exit: 1, stopped: "calls-too-deep" };
    const isTrap = error instanceof Error && error.constructor.name === "RuntimeError";
    if (isTrap) return { exit: 1, stopped: "crashed" };
    throw error;
  }
}
