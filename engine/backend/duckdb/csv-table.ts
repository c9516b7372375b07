/** A table in csv files: read once into the database, each column as declared. */
import { ProblemError } from "../../base/problems.ts";
import { problem } from "./problems.ts";
import { problem as problemOfTable } from "../../table/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { PhysicalTable } from "../../schema/physical-table.ts";
import { duckDbTypes } from "../../sql/dialects/duckdb.ts";
import type { ListedTable } from "./record-files/list-record-files.ts";
import { readRecordHeader } from "./record-files/read-record-file.ts";
import type { RecordFile } from "./record-files/read-record-file.ts";
import { loadCsv } from "./load-csv.ts";
import type { SourceTable } from "./source-table.ts";

interface Header {
  readonly file: RecordFile;
  /** Null where it cannot be read. */
  readonly names: readonly string[] | null;
  readonly problems: readonly Problem[];
}

/** Problems of the table: those of its files and of their headers. */
export async function csvTable(
  db: DuckDb,
  listed: ListedTable,
  { name, columns: declared }: { readonly name: string; readonly columns: PhysicalTable },
): Promise<SourceTable> {
  const headers: Header[] = [];
  if (listed.problems.length === 0) {
    for (const file of listed.files) headers.push(await headerOf(file));
  }
  const problems = [...listed.problems, ...headers.flatMap((header) => header.problems)];
  const columns = foundColumns(headers, declared, problems.length > 0);
  let made = new Set<string>();
  return {
    name,
    columns,
    isExact: true,
    problems,
    make: async (wanted) => {
      if (made.size > 0 && wanted.every((each) => made.has(each))) return [];
      const all = [...new Set([...made, ...wanted])];
      const lacking = headers.flatMap((header) => lackingColumns(header, all));
      if (lacking.length > 0) return lacking;
      const typed = all.map((each) => ({ name: each, kind: declared[each] ?? "text" }));
      const wrong = await loadCsv(db, { name, columns: typed, files: listed.files });
      if (wrong.length === 0) made = new Set(all);
      return wrong;
    },
  };
}

export async function headerOf(file: RecordFile): Promise<Header> {
  try {
    const names = await readRecordHeader(file);
    return { file, names, problems: headerProblems(file, names) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problems = error.problems.map((each) =>
      each.code === "empty-table" ? problem("record-file-empty", { file: file.shown }) : each,
    );
    return { file, names: null, problems };
  }
}

function headerProblems({ shown: file }: RecordFile, names: readonly string[]): readonly Problem[] {
  const delimiter = names.length === 1 ? /[;\t|]/.exec(names[0] ?? "")?.[0] : undefined;
  if (delimiter !== undefined) return [problem("record-delimiter", { file, delimiter })];
  const lower = names.map((name) => name.toLowerCase());
  return names
    .filter((_, i) => lower.indexOf(lower[i] ?? "") < i)
    .map((column) => problemOfTable("repeated-file-column", { file, column }));
}

/** Of all files together; of a table that cannot be read every column, so that only that is reported. */
function foundColumns(
  headers: readonly Header[],
  declared: PhysicalTable,
  isBroken: boolean,
): readonly FoundColumn[] {
  const names = new Set(headers.flatMap((header) => header.names ?? []));
  const known = Object.entries(declared).map(([name, kind]) => {
    const own = [...names].find((each) => each.toLowerCase() === name.toLowerCase());
    return {
      name: own ?? name,
      type: duckDbTypes[kind].toString(),
      kind,
      isThere: own !== undefined,
    };
  });
  const there = known.filter(({ isThere }) => isThere);
  const others = [...names]
    .filter((name) => !there.some((column) => column.name === name))
    .map((name) => ({ name, type: "text", kind: null }));
  return isBroken ? known : [...there, ...others];
}

/** Another file of the table has them. */
function lackingColumns({ file, names }: Header, wanted: readonly string[]): readonly Problem[] {
  const there = new Set((names ?? []).map((name) => name.toLowerCase()));
  return wanted
    .filter((column) => !there.has(column.toLowerCase()))
    .map((column) => problem("record-column-missing", { file: file.shown, column }));
}
