/** Imports of an action that its guest cannot satisfy, found before it starts: those at the margin, which always run. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { nearestNames } from "../base/nearest.ts";
import { builtInModules } from "./built-in-modules.ts";
import type { GuestProgram } from "./guest-request.ts";
import { inWorkspace } from "./workspace-path.ts";

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
  const first = firstFile(program);
  if (first === null) return null;
  const seen = new Set<string>();
  const waiting = [first];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || file.startsWith("..")) continue;
    seen.add(file);
    for (const { module, line } of importsIn(folder, file)) {
      const own = ownFiles(folder, { module, beside: [dirname(first), dirname(file)] });
      waiting.push(...own);
      const [top = ""] = module.split(".");
      // What is private to Python may be compiled in.
      if (own.length > 0 || known.has(top) || top.startsWith("_")) continue;
      if (top === WHERE_UNUSED && file !== first) continue;
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

function firstFile(program: GuestProgram): string | null {
  if (program.kind === "notebook") return normalize(inWorkspace(program.file));
  if (program.form === "file") return normalize(inWorkspace(program.name));
  if (program.form === "code") return null;
  return `${program.name.replaceAll(".", "/")}.py`;
}

interface Import {
  readonly module: string;
  readonly line: number;
}

function importsIn(folder: string, file: string): readonly Import[] {
  const text = textAt(join(folder, file));
  if (text === null) return [];
  const lines = file.endsWith(".ipynb") ? codeLines(text) : text.split(/\r\n|\r|\n/);
  let quotes = false;
  return lines.flatMap((line, i) => {
    const isText = quotes;
    if ((line.split(/"""|'''/).length - 1) % 2 === 1) quotes = !quotes;
    return isText ? [] : modulesOf(line).map((module) => ({ module, line: i + 1 }));
  });
}

/** What pandas does by a package of its own, which the build lacks, and the host has no part of. */
const BY_PYARROW = /^[^#]*\b(?:to_parquet|(?:read|to)_orc)\s*\(/;

function modulesOf(line: string): readonly string[] {
  if (BY_PYARROW.test(line)) return ["pyarrow"];
  const [, from] = /^from\s+([\w.]+)\s+import\b/.exec(line) ?? [];
  if (from !== undefined) return from.startsWith(".") ? [] : [from];
  const [, names] = /^import\s+([\w.\s,]+?)\s*(?:#.*|;.*)?$/.exec(line) ?? [];
  return (names ?? "").split(",").flatMap((name) => name.trim().split(/\s/)[0] || []);
}

function codeLines(text: string): readonly string[] {
  try {
    const { cells } = JSON.parse(text) as { readonly cells?: readonly NotebookCell[] };
    const sources = (cells ?? []).filter(({ cell_type: type }) => type === "code");
    return sources.flatMap(({ source = "" }) =>
      (typeof source === "string" ? source : source.join("")).split("\n"),
    );
  } catch {
    return [];
  }
}

interface NotebookCell {
  readonly cell_type?: string;
  readonly source?: string | readonly string[];
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
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

function ownFiles(
  folder: string,
  { module, beside }: { readonly module: string; readonly beside: readonly string[] },
): readonly string[] {
  const path = module.replaceAll(".", "/");
  const [top = ""] = module.split(".");
  const places = [...new Set([...beside, "."])].flatMap((each) => [
    join(each, `${path}.py`),
    join(each, path, "__init__.py"),
    join(each, `${top}.py`),
    join(each, top, "__init__.py"),
    join(each, top),
  ]);
  return places.filter((each) => existsSync(join(folder, each)));
}
