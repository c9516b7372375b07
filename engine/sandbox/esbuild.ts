/** The bundler, loaded when a study is first bundled: a command that runs no study must not pay for it. */
import * as modules from "node:module";

type Esbuild = typeof import("esbuild");

// Not imported: looking for the names that a CommonJS file exports takes longer than to load it.
const requireFrom = modules.createRequire(import.meta.url);

export function esbuildLibrary(): Esbuild {
  return requireFrom("esbuild") as Esbuild;
}
