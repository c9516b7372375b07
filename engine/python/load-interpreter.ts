/** The interpreter, compiled once for all studies of a process. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fail } from "./problems.ts";
import { interpreterBuild, interpreterFile } from "./interpreter-build.ts";
import { boundedProgram } from "../wasi/wasm-sections.ts";
import { compileWasm, PAGE_BYTES } from "../wasi/web-assembly.ts";
import type { WasmModule } from "../wasi/web-assembly.ts";

const MEGABYTE = 1_048_576;

const compiled = new Map<number, Promise<WasmModule>>();

/** With memory up to that limit. Problems: python-not-installed, python-changed. */
export async function loadInterpreter(megabytes: number): Promise<WasmModule> {
  const known = compiled.get(megabytes) ?? compileInterpreter(megabytes);
  compiled.set(megabytes, known);
  return await known;
}

async function compileInterpreter(megabytes: number): Promise<WasmModule> {
  const { package: name, sha256 } = interpreterBuild;
  const file = interpreterFile() ?? fail("python-not-installed", { package: name });
  const program = await readFile(file);
  const found = createHash("sha256").update(program).digest("hex");
  if (found !== sha256) fail("python-changed", { package: name });
  return compileWasm(boundedProgram(program, (megabytes * MEGABYTE) / PAGE_BYTES));
}
