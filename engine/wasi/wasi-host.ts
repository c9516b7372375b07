/**
 * A host of WASI preview 1 that gives a program a tree of files, a clock, and nothing of the machine. Not `node:wasi`, which by its own page keeps no untrusted program in.
 */
import { CallRefused, errno } from "./errno.ts";
import { fileCalls } from "./file-calls.ts";
import { guestMemory } from "./guest-memory.ts";
import type { GuestTree } from "./guest-tree.ts";
import { openFiles } from "./open-files.ts";
import { pathCalls } from "./path-calls.ts";
import { GuestExit, processCalls } from "./process-calls.ts";
import type { GuestWorld } from "./process-calls.ts";
import type { WasmFunction, WasmImports, WasmInstance, WasmMemory } from "./web-assembly.ts";
import { memoryOf } from "./web-assembly.ts";

export interface WasiHost {
  readonly imports: WasmImports;
  /** Runs the program, or what `act` does with it, and gives its exit code; throws what stopped it otherwise. */
  readonly start: (instance: WasmInstance, act?: () => number) => number;
}

export interface WasiRequest extends GuestWorld {
  readonly tree: GuestTree;
  readonly print: (bytes: Uint8Array) => void;
}

/** Calls that do nothing, and those that no program of ours may use. */
const harmless = ["fd_advise", "fd_sync", "fd_datasync", "fd_fdstat_set_flags"];
const harmlessTimes = ["fd_filestat_set_times", "path_filestat_set_times"];
const forbidden = [
  ...["fd_allocate", "fd_renumber", "fd_fdstat_set_rights", "proc_raise"],
  ...["path_link", "path_symlink"],
  ...["sock_accept", "sock_recv", "sock_send", "sock_shutdown"],
];

export function wasiHost({ tree, print, ...world }: WasiRequest): WasiHost {
  let linked: WasmMemory | null = null;
  const memory = guestMemory(() => {
    if (linked === null) throw new Error("the program called its host before it was started");
    return linked;
  });
  const fileWorld = { memory, files: openFiles(), tree, print };
  const calls: Record<string, (...args: never[]) => void> = {
    ...processCalls(memory, world),
    ...fileCalls(fileWorld),
    ...pathCalls(fileWorld),
  };
  const named = Object.entries(calls).map(([name, call]) => [name, numbered(call)] as const);
  const preview1: Record<string, WasmFunction> = Object.fromEntries([
    ...forbidden.map((name) => [name, () => errno.notSupported] as const),
    ...[...harmless, ...harmlessTimes].map((name) => [name, () => 0] as const),
    ...named,
  ]);
  return {
    imports: { wasi_snapshot_preview1: preview1 },
    start: (instance, act = () => run(instance)) => {
      linked = memoryOf(instance);
      try {
        return act();
      } catch (error) {
        if (error instanceof GuestExit) return error.code;
        throw error;
      }
    },
  };
}

/** A call that ends well gives 0, one that is refused its number. */
function numbered(call: (...args: never[]) => void): WasmFunction {
  return (...args) => {
    try {
      call(...args);
      return 0;
    } catch (error) {
      if (error instanceof CallRefused) return error.errno;
      throw error;
    }
  };
}

function run({ exports }: WasmInstance): number {
  (exports as { readonly _start?: () => void })._start?.();
  return 0;
}
