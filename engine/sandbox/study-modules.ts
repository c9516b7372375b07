/** The esbuild plugin that alone decides what the modules of a study are. */
import type { Loader, OnLoadResult, OnResolveResult, Plugin } from "esbuild";
import { ProblemError } from "../base/problems.ts";
import type { GuestLibrary } from "./guest-library.ts";
import { resolveImport } from "./resolve-import.ts";
import { readText } from "./study-files.ts";
import type { StudyFiles } from "./study-files.ts";

export interface StudyModules {
  readonly files: StudyFiles;
  /** Workspace path of the study's file, which exists. */
  readonly entry: string;
  readonly library: GuestLibrary;
  /** Filled with the author's sources by workspace path. */
  readonly sources: Map<string, string>;
}

/** The namespace of the author's files: in it esbuild looks for no package.json and no tsconfig. */
export const STUDY = "study";
const ENTRY = "entry";

/**
 * The outermost module. The author's file runs first and may change every object of the sandbox; that
 * harms its own study only, because what comes out is text that is checked outside.
 */
const ENTRY_CODE = `
import * as author from "cohortline:author";
import { studyFileOf } from "cohortline:study-file";
export const file = studyFileOf(author);
`;

/** Resolves and loads every module, except those that the library imports for itself. */
export function studyModules(modules: StudyModules): Plugin {
  return {
    name: "study-modules",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, namespace }) =>
        reported(() => resolve(modules, { path, importer, namespace })),
      );
      build.onLoad({ filter: /.*/, namespace: ENTRY }, () => ({ contents: ENTRY_CODE }));
      build.onLoad({ filter: /.*/, namespace: STUDY }, ({ path }) =>
        reported(() => load(modules, path)),
      );
    },
  };
}

interface Wanted {
  readonly path: string;
  readonly importer: string;
  readonly namespace: string;
}

function resolve(modules: StudyModules, wanted: Wanted): OnResolveResult | undefined {
  const { path, importer, namespace } = wanted;
  const { library, entry } = modules;
  if (path === "cohortline:entry" && importer === "") return { path: "study", namespace: ENTRY };
  if (namespace === ENTRY) {
    return path === "cohortline:author"
      ? { path: entry, namespace: STUDY }
      : { path: library.studyFile };
  }
  if (namespace !== STUDY) return undefined;
  if (path === "cohortline") return { path: library.index };
  return { path: resolveImport(modules.files.workspace, importer, path), namespace: STUDY };
}

function load({ files, sources }: StudyModules, path: string): OnLoadResult {
  const contents = readText(files, path, files.sources);
  sources.set(path, contents);
  return { contents, loader: loaderOf(path) };
}

function loaderOf(path: string): Loader {
  if (path.endsWith(".json")) return "json";
  return path.endsWith(".ts") ? "ts" : "js";
}

/** esbuild adds where the import stands; the problem itself travels as detail. */
function reported<Result>(run: () => Result): Result | { errors: { detail: ProblemError }[] } {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProblemError) return { errors: [{ detail: error }] };
    throw error;
  }
}
