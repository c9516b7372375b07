/** The project's own source files, read once for the house tests. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** Path of a file of ours from the root, or the name of a package. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
  /** Loaded only once somebody needs it. */
  readonly isLazy: boolean;
}

const root = join(import.meta.dirname, "../..");

/** None for a folder that is not there yet. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const text = readFileSync(file, "utf8");
      const path = relative(root, file).replaceAll("\\", "/");
      return { path, text, imports: importsOf(path, text) };
    });
}

const STATEMENT = /^(?:import|export)\s(type\s)?[^"';]*?from\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;

function importsOf(path: string, text: string): readonly Import[] {
  return [...text.matchAll(STATEMENT)].map(([, type, from, dynamic]) => {
    const name = from ?? dynamic ?? "";
    const ours = name.startsWith(".");
    const target = ours ? join(path, "..", name).replaceAll("\\", "/") : packageOf(name);
    return { target, ours, typeOnly: type !== undefined, isLazy: dynamic !== undefined };
  });
}

/** `date-fns/addMonths` belongs to date-fns, `@jitl/x/y` to @jitl/x. */
function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
