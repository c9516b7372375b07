/** Makes one script of an author's file and all it imports, without running any of it. */
import type { BuildFailure, BuildOptions, BuildResult } from "esbuild";
import { ProblemError } from "../base/problems.ts";
import { bundleProblems, repeatedKeys } from "./bundle-problems.ts";
import { esbuildLibrary } from "./esbuild.ts";
import { SCRIPT_NAME } from "./evaluation.ts";
import type { GuestLibrary } from "./guest-library.ts";
import type { StudyFiles } from "./study-files.ts";
import { studyModules } from "./study-modules.ts";

export interface StudyBundle {
  /** A classic script whose completion value is what `studyFileOf` returned. */
  readonly code: string;
  /** Source map, version 3, as JSON; sources of the workspace are `study:PATH`. */
  readonly map: string;
  /** The author's sources by workspace path. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Bundles the file at `entry`. Nothing else of the workspace has a say: no package.json, tsconfig.json
 * or node_modules. Problems, all of them: syntax, imports that are not allowed or lead nowhere, names
 * that the imported file does not export, sources too large, a key twice in one object.
 */
export async function bundleStudy(
  files: StudyFiles,
  entry: string,
  library: GuestLibrary,
): Promise<StudyBundle> {
  const { build } = esbuildLibrary();
  const sources = new Map<string, string>();
  const plugin = studyModules({ files, entry, library, sources });
  try {
    const built = await build({ ...options(files.workspace.root), plugins: [plugin] });
    const repeated = repeatedKeys(built.warnings);
    if (repeated.length > 0) throw new ProblemError(repeated);
    return { ...texts(built), sources };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new ProblemError(await bundleProblems(error.errors, library));
  }
}

function options(root: string): BuildOptions & { write: false } {
  return {
    entryPoints: ["cohortline:entry"],
    bundle: true,
    write: false,
    outfile: SCRIPT_NAME,
    absWorkingDir: root,
    format: "iife",
    globalName: "cohortlineStudy",
    footer: { js: "cohortlineStudy.file;" },
    // Neutral: nothing of Node or a browser is assumed, and NODE_ENV is not written into the code.
    platform: "neutral",
    target: "es2022",
    // Async functions become calls of Promise, which the sandbox refuses at the author's line.
    supported: { "async-await": false, "async-generator": false, "for-await": false },
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
    logLimit: 20,
    tsconfigRaw: "{}",
    nodePaths: [],
  };
}

function texts(built: BuildResult<{ write: false }>): { code: string; map: string } {
  const text = (suffix: string): string => {
    const file = built.outputFiles.find(({ path }) => path.endsWith(suffix));
    if (file === undefined) throw new Error(`esbuild made no ${suffix}`);
    return file.text;
  };
  return { code: text(SCRIPT_NAME), map: text(`${SCRIPT_NAME}.map`) };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
