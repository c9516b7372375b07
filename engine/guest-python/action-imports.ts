/** The code of an action, as far as it can be read before the action runs: its file, and the author's own modules that it imports. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { GuestProgram } from "./guest-request.ts";
import { inWorkspace } from "./workspace-path.ts";

export interface ActionFile {
  readonly text: string;
  /** It is the action's own, and not one that another imports. */
  readonly isFirst: boolean;
  /** Those at the margin, which always run. */
  readonly imports: readonly ActionImport[];
}

export interface ActionImport {
  readonly module: string;
  readonly file: string;
  readonly line: number;
  /** It lies in the author's own folder. */
  readonly isOwn: boolean;
}

/** Each file once; none where nothing can be read. */
export function* actionFiles(program: GuestProgram, folder: string): Generator<ActionFile> {
  const first = firstFile(program);
  if (first === null) return;
  const seen = new Set<string>();
  const waiting = [first];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || file.startsWith("..")) continue;
    seen.add(file);
    const text = textAt(join(folder, file));
    if (text === null) continue;
    const beside = [dirname(first), dirname(file)];
    const imports = importsIn(text, file).map(({ module, line }) => {
      const own = ownFiles(folder, { module, beside });
      waiting.push(...own);
      return { module, file, line, isOwn: own.length > 0 };
    });
    yield { text, isFirst: file === first, imports };
  }
}

/** With what follows `-c`. */
export function actionTexts(program: GuestProgram, folder: string): readonly string[] {
  const isCode = program.kind === "python" && program.form === "code";
  return [
    ...(isCode ? [program.name] : []),
    ...[...actionFiles(program, folder)].map(({ text }) => text),
  ];
}

function firstFile(program: GuestProgram): string | null {
  if (program.kind === "notebook") return normalize(inWorkspace(program.file));
  if (program.form === "file") return normalize(inWorkspace(program.name));
  if (program.form === "code") return null;
  return `${program.name.replaceAll(".", "/")}.py`;
}

function importsIn(text: string, file: string): readonly { module: string; line: number }[] {
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
