/** The files of a folder of records, by table. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../problems.ts";
import { problem as problemOfFiles } from "../../../files/problems.ts";
import type { Problem } from "../../../base/problems.ts";
import { byCodePoint } from "../../../base/value-types.ts";
import { pathBelow } from "../../../files/enclosure.ts";
import type { RecordFile } from "./read-record-file.ts";

export type RecordFormat = "parquet" | "csv";

const FORMATS: readonly (readonly [ending: string, format: RecordFormat])[] = [
  [".parquet", "parquet"],
  [".csv", "csv"],
  [".csv.gz", "csv"],
];

/** A file or folder `TABLE` of a folder of records. */
export interface ListedTable {
  readonly name: string;
  readonly format: RecordFormat;
  readonly files: readonly RecordFile[];
  /** Told where a study needs the table. */
  readonly problems: readonly Problem[];
}

/**
 * In the order of their names; other files and folders are passed over. `reach` are the folders in which files
 * may lie, links resolved. Problems of a table: record-table-twice, record-file-kind, record-file-outside.
 */
export function listRecordFiles(folder: string, reach: readonly string[]): readonly ListedTable[] {
  const tables = new Map<string, readonly RecordFile[]>();
  for (const entry of sortedNames(folder)) {
    const inside = filesBelow(folder, entry);
    const name = inside === null ? tableNameOf(entry) : entry;
    const files = inside ?? [{ path: join(folder, entry), shown: entry }];
    if (name === null || files.length === 0) continue;
    const known = [...tables.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
    tables.set(known ?? name, [...(tables.get(known ?? name) ?? []), ...files]);
  }
  return [...tables].map(([name, files]) => {
    const formats = [...new Set(files.map(({ path }) => formatOf(path) ?? "csv"))];
    const isOne = formats.length === 1 && (files.length === 1 || areOfOneFolder(files));
    const twice = problem("record-table-twice", {
      table: name,
      files: files.map(({ shown }) => shown),
    });
    const problems = isOne ? files.flatMap((file) => fileProblems(file, reach)) : [twice];
    return { name, format: formats[0] ?? "csv", files, problems };
  });
}

function sortedNames(folder: string): readonly string[] {
  return readdirSync(folder).sort(byCodePoint);
}

/** Null for what is no folder. */
function filesBelow(folder: string, entry: string): readonly RecordFile[] | null {
  const path = join(folder, entry);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return sortedNames(path)
    .filter((name) => formatOf(name) !== null)
    .map((name) => ({ path: join(path, name), shown: `${entry}/${name}` }));
}

function formatOf(file: string): RecordFormat | null {
  return FORMATS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1] ?? null;
}

function tableNameOf(file: string): string | null {
  const ending = FORMATS.map(([each]) => each).find((each) => file.toLowerCase().endsWith(each));
  return ending === undefined ? null : file.slice(0, -ending.length);
}

function areOfOneFolder(files: readonly RecordFile[]): boolean {
  const folders = files.map(({ shown }) => shown.split("/").slice(0, -1).join("/"));
  return folders.every((folder) => folder !== "" && folder === folders[0]);
}

/** A pipe would be waited for, and a link can lead to files that nobody meant to be read. */
function fileProblems({ path, shown }: RecordFile, reach: readonly string[]): readonly Problem[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [problemOfFiles("file-not-found", { file: shown })];
  if (!stat.isFile()) return [problem("record-file-kind", { file: shown })];
  const real = realpathSync(path);
  const isInside = reach.some((folder) => pathBelow(folder, real) !== null);
  return isInside ? [] : [problem("record-file-outside", { file: shown })];
}
