/** Imports of an action that its guest cannot satisfy, found before it starts: those at the margin, which always run. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { nearestNames } from "../base/nearest.ts";
import { actionFiles } from "./action-imports.ts";
import { builtInModules } from "./built-in-modules.ts";
import type { GuestProgram } from "./guest-request.ts";

export interface MissingModule {
  readonly module: string;
  readonly nearest: readonly string[];
  /** Not of a module that the action's words name. */
  readonly file?: string;
  readonly line?: number;
}

/** The modules of the author's own folder are followed. Null where nothing is missing, or nothing can be read. */
export function missingModule(
  program: GuestProgram,
  folder: string,
  modules: readonly string[],
): MissingModule | null {
  const known = new Set([...modules, ...builtInModules, ...STANDS_IN]);
  const named = namedModule(program);
  if (named !== null && !known.has(named) && !isAnywhere(folder, named)) {
    return { module: named, nearest: nearestNames(named, [...known]).slice(0, 3) };
  }
  for (const { imports, isFirst } of actionFiles(program, folder)) {
    for (const { module, file, line, isOwn } of imports) {
      const [top = ""] = module.split(".");
      // What is private to Python may be compiled in.
      if (isOwn || known.has(top) || top.startsWith("_")) continue;
      if (top === WHERE_UNUSED && !isFirst) continue;
      // An author may put any folder on the path.
      if (isAnywhere(folder, top)) continue;
      return { module: top, nearest: nearestNames(top, [...known]).slice(0, 3), file, line };
    }
  }
  return null;
}

/** Of these a stand-in is there. */
const STANDS_IN = ["IPython", "cohortextractor", "ebmdatalab", "nbformat", "tkinter", "turtle"];

/** Helpers load it for functions that few actions call: only the action's own file shows that it needs it. */
const WHERE_UNUSED = "plotly";

/** Of `python -m NAME`. */
function namedModule(program: GuestProgram): string | null {
  const isModule = program.kind === "python" && program.form === "module";
  return isModule ? (program.name.split(".")[0] ?? null) : null;
}

/** Whether a module of that name lies in any folder of the code. */
function isAnywhere(folder: string, name: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.isFile()) return entry.name === `${name}.py`;
    if (!entry.isDirectory() || SKIPPED.test(entry.name)) return false;
    return entry.name === name || isAnywhere(join(folder, entry.name), name);
  });
}

/** Where no code of an author lies, however large it is. */
const SKIPPED = /^(?:\..*|node_modules|__pycache__|output|released_outputs?|metadata|codelists)$/;
