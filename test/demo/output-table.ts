/** What the outputs of a pipeline are, in a few lines. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface OutputFile {
  /** From the workspace. */
  readonly path: string;
  /** Lines below the header of a table, all lines of another text. */
  readonly rows: number;
  readonly bytes: number;
}

export interface OutputKind {
  /** A name with DATE and ID where files differ: `output/measure_ID_DATE.csv`. */
  readonly pattern: string;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
}

/** The files that a declared path, or pattern with `*`, stands for; sorted by name. */
export function outputFiles(workspace: string, declared: string): readonly OutputFile[] {
  const folder = dirname(declared);
  if (!existsSync(join(workspace, folder))) return [];
  const parts = basename(declared).split("*").map(quoted);
  const name = new RegExp(`^${parts.join(".*")}$`);
  return readdirSync(join(workspace, folder))
    .filter((file) => name.test(file))
    .sort()
    .map((file) => measured(workspace, `${folder}/${file}`));
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function measured(workspace: string, path: string): OutputFile {
  const bytes = readFileSync(join(workspace, path));
  const lines = bytes.reduce((count, byte) => (byte === 10 ? count + 1 : count), 0);
  return { path, rows: path.endsWith(".csv") ? lines - 1 : lines, bytes: bytes.length };
}

/** One line for each kind of file, in the order of their first file. */
export function outputKinds(files: readonly OutputFile[]): readonly OutputKind[] {
  const kinds = new Map<string, OutputKind>();
  for (const { path, rows, bytes } of files) {
    const pattern = patternOf(path);
    const { files: count, rows: before, bytes: size } = kinds.get(pattern) ?? nothing(pattern);
    kinds.set(pattern, { pattern, files: count + 1, rows: before + rows, bytes: size + bytes });
  }
  return [...kinds.values()];
}

function nothing(pattern: string): OutputKind {
  return { pattern, files: 0, rows: 0, bytes: 0 };
}

function patternOf(path: string): string {
  return path
    .replace(/_\d{4}-\d{2}-\d{2}(?=\.)/, "_DATE")
    .replace(/\/measure_(.+?)(?=(_DATE)?\.csv$)/, "/measure_ID");
}

/** Columns side by side, numbers to the right. */
export function tableText(kinds: readonly OutputKind[]): string {
  const heading = ["file", "files", "rows", "bytes"];
  const body = kinds.map(({ pattern, files, rows, bytes }) => [
    pattern,
    ...[files, rows, bytes].map(grouped),
  ]);
  const table = [heading, ...body];
  const widths = heading.map((_, i) => Math.max(...table.map((line) => line[i]?.length ?? 0)));
  return table
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** 1,234,567 in any locale. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
