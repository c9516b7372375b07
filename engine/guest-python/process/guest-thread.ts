/** The thread in which the guest runs: it answers the guest's calls, and tells the process how it ended. */
import { randomFillSync } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { GuestRequest, GuestStop } from "../guest-request.ts";
import { codeToStart } from "../guest-words.ts";
import { restoreLayer } from "../start/layer-file.ts";
import { seededChance } from "../../wasi/still-world.ts";
import { instantiateWasm, memoryOf } from "../../wasi/web-assembly.ts";
import type { WasmModule } from "../../wasi/web-assembly.ts";
import { guestDoor } from "./guest-door.ts";
import type { DoorPort } from "./guest-door.ts";
import type { GuestFiles } from "./guest-files.ts";
import { takeTurn } from "./guest-turns.ts";
import { filesOf, guestHost } from "./guest-world.ts";
import { WORKSPACE } from "./served-files.ts";

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

interface Started {
  readonly program: WasmModule;
  readonly door: DoorPort;
}

async function run(
  request: GuestRequest,
  files: GuestFiles,
  { program, door }: Started,
): Promise<ThreadEnd> {
  const { seed, start } = request;
  const chance =
    seed === null ? (bytes: Uint8Array) => void randomFillSync(bytes) : seededChance({ seed });
  const host = guestHost(files, chance);
  const { imports, bind } = guestDoor(door, files.realOf);
  const instance = await instantiateWasm(program, { ...host.imports, ...imports });
  bind(instance);
  for (const layer of start?.layers ?? []) restoreLayer(layer, memoryOf(instance));
  const { exit, stopped } = endOf(() =>
    host.start(instance, () => takeTurn(instance, codeToStart(request))),
  );
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
