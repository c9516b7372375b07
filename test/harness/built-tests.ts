/** Tests as code that Node runs without translating: each process that runs one starts in a moment. */
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

export const root = join(import.meta.dirname, "../..");

export interface BuiltTests {
  /** One for each given file, in the same order. */
  readonly files: readonly string[];
  readonly remove: () => void;
}

/** Packages with programs, WebAssembly or threads of their own, which they find beside themselves. */
const NOT_BUNDLED = [
  "@duckdb/node-api",
  "@duckdb/node-bindings",
  "@foxglove/wasm-zstd",
  "@jitl/quickjs-wasmfile-release-sync",
  "apache-arrow",
  "esbuild",
  "piscina",
];

/** Builds these files of `test/` into a folder of this run only, with source maps. */
export async function buildTests(files: readonly string[]): Promise<BuiltTests> {
  const folder = mkdtempSync(join(root, ".built-tests-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await build({
      entryPoints: files.map((file) => join(root, file)),
      outdir: folder,
      outbase: root,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: NOT_BUNDLED,
      banner: {
        js: "import{createRequire as requireOfTests}from'node:module';const require=requireOfTests(import.meta.url);",
      },
      chunkNames: "shared/[hash]",
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "warning",
      plugins: [placesOfSources],
    });
  } catch (error) {
    remove();
    throw error;
  }
  return { files: files.map((file) => join(folder, file.replace(/\.ts$/, ".js"))), remove };
}

/**
 * A test finds its files where its source is. The engine looks for its threads and for the library of
 * authors beside itself: it gets those of `dist`, as for its users.
 */
const placesOfSources: Plugin = {
  name: "places-of-sources",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const at = relative(root, path).startsWith("engine") ? join(root, "dist/tests.js") : path;
      const contents = text
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(at).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(at)));
      return { contents, loader: "ts" };
    });
  },
};
