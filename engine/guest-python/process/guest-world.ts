/** What a guest finds around it: its files, its variables, its clock. */
import { guestBuild } from "../guest-build.ts";
import type { GuestRequest } from "../guest-request.ts";
import { wasiHost } from "../../wasi/wasi-host.ts";
import type { WasiHost } from "../../wasi/wasi-host.ts";
import { fileStore } from "./file-store.ts";
import { guestFiles } from "./guest-files.ts";
import type { GuestFiles } from "./guest-files.ts";
import { printedLines } from "./printed-lines.ts";
import { servedFiles, TEMPORARY, WORKSPACE } from "./served-files.ts";

export type FilesRequest = Pick<GuestRequest, "runtime" | "packages" | "workspace" | "scratch"> & {
  readonly limits: Pick<GuestRequest["limits"], "bytes" | "entries">;
};

export function filesOf(request: FilesRequest): GuestFiles {
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

const VARIABLES = [
  ...["HOME=/tmp", "TMPDIR=/tmp", "PYTHONTZPATH=", "MPLBACKEND=Agg", "LANG=C.UTF-8"],
];
const MILLISECOND = 1_000_000;

function clock(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * MILLISECOND));
}

/** With the machine's clock; what it prints is printed. */
export function guestHost(files: GuestFiles, chance: (bytes: Uint8Array) => void): WasiHost {
  return wasiHost({
    words: [],
    environment: VARIABLES,
    time: (of) => (of === 0 ? clock() : process.hrtime.bigint()),
    chance,
    sleep: (nanoseconds) => {
      const word = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(word, 0, 0, Number(nanoseconds) / MILLISECOND);
    },
    tree: files,
    print: printedLines(),
  });
}
