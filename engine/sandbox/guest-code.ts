/** Where the code of a thread is. */
import type { Plugin } from "esbuild";
import { fileURLToPath } from "node:url";
import { esbuildLibrary } from "./esbuild.ts";

/**
 * The thread's code `NAME.ts` beside the file `here`: a built file, or when running from source, code made on
 * the spot, since threads cannot load TypeScript.
 */
export async function workerUrl(name: string, here: string): Promise<URL> {
  if (!here.endsWith(".ts")) return new URL(`./${name}.js`, here);
  const made = sourceUrls.get(name) ?? bundledWorker(new URL(`./${name}.ts`, here));
  sourceUrls.set(name, made);
  return await made;
}

const sourceUrls = new Map<string, Promise<URL>>();

async function bundledWorker(source: URL): Promise<URL> {
  const { build } = esbuildLibrary();
  const built = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    plugins: [packagesByAddress],
  });
  const code = built.outputFiles.map(({ text }) => text).join("");
  return new URL(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

/** Code in a data URL cannot import packages by name. */
const packagesByAddress: Plugin = {
  name: "packages-by-address",
  setup(build) {
    build.onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
      if (kind === "entry-point") return undefined;
      const address = path.startsWith("node:") ? path : import.meta.resolve(path);
      return { path: address, external: true };
    });
  },
};
