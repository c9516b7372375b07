/** The part of WebAssembly's interface that is used; the compiler's library has no types for it. */

/** Compiled code: it can be sent to another thread. */
export interface WasmModule {
  readonly [compiled: symbol]: never;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** In pages of 64 KiB. */
  grow(pages: number): number;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Functions by name, of one module that the program imports. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, WasmFunction>>>>;

/** Whole numbers of 32 bits arrive as numbers, those of 64 as bigint. */
export type WasmFunction = (...args: never[]) => number;

interface WasmApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<WasmInstance>;
  readonly Memory: new (...args: never[]) => WasmMemory;
}

const api = Reflect.get(globalThis, "WebAssembly") as WasmApi;

export const PAGE_BYTES = 65_536;

export function compileWasm(bytes: Uint8Array): Promise<WasmModule> {
  return api.compile(bytes);
}

export function instantiateWasm(module: WasmModule, imports: WasmImports): Promise<WasmInstance> {
  return api.instantiate(module, imports);
}

/** Throws, a bug, where the program exports no memory. */
export function memoryOf({ exports }: WasmInstance): WasmMemory {
  const { memory } = exports;
  if (memory instanceof api.Memory) return memory;
  throw new Error("the program exports no memory");
}
