/** How the build's program is told what to run: lines of Python, one turn after the other in the same interpreter. */
import { memoryOf } from "../../wasi/web-assembly.ts";
import type { WasmInstance } from "../../wasi/web-assembly.ts";

interface TurnExports {
  readonly host_alloc: (length: number) => number;
  readonly turn: (at: number, length: number) => number;
}

const EXIT_CODE = 0xff;

/** Gives the exit code: what ends the interpreter ends the turn. */
export function takeTurn(instance: WasmInstance, code: string): number {
  const { host_alloc: allocate, turn } = turnExports(instance);
  const bytes = new TextEncoder().encode(code);
  const at = allocate(bytes.length) >>> 0;
  new Uint8Array(memoryOf(instance).buffer).set(bytes, at);
  return turn(at, bytes.length) & EXIT_CODE;
}

function turnExports({ exports }: WasmInstance): TurnExports {
  return exports as unknown as TurnExports;
}
