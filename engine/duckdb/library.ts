/** The library, loaded when it is first needed, and made to read texts as they are. */
import * as modules from "node:module";

type Library = typeof import("@duckdb/node-api");

let loaded: Promise<Library> | null = null;

export function duckDbLibrary(): Promise<Library> {
  return (loaded ??= load());
}

async function load(): Promise<Library> {
  const library = await import("@duckdb/node-api");
  const requireFrom = modules.createRequire(import.meta.url);
  // Its own decoder takes U+FEFF at the start of a text for a byte order mark and drops it.
  Object.assign(requireFrom("@duckdb/node-api/lib/vectors/dataAccessors.js") as object, {
    textDecoder: new TextDecoder("utf-8", { ignoreBOM: true }),
  });
  return library;
}
