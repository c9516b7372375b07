/** The library, loaded when it is first needed, and made to read texts as they are. */
import * as modules from "node:module";

type Library = typeof import("@duckdb/node-api");
type Bindings = typeof import("@duckdb/node-bindings");

let loaded: Library | null = null;

// Not imported: looking for the names that so many CommonJS files export takes longer than to load them.
const requireFrom = modules.createRequire(import.meta.url);

export function duckDbLibrary(): Library {
  return (loaded ??= load());
}

/** What the library itself is built on. */
export function duckDbBindings(): Bindings {
  return requireFrom("@duckdb/node-bindings") as Bindings;
}

function load(): Library {
  const library = requireFrom("@duckdb/node-api") as Library;
  // Its own decoder takes U+FEFF at the start of a text for a byte order mark and drops it.
  Object.assign(requireFrom("@duckdb/node-api/lib/vectors/dataAccessors.js") as object, {
    textDecoder: new TextDecoder("utf-8", { ignoreBOM: true }),
  });
  return library;
}
