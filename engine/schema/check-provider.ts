/** Whether a database holds what a study needs of it. */
import { nearestNames } from "../base/nearest.ts";
import { problem } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import type { ContractTable } from "./contract.ts";
import type { PhysicalKind } from "./physical-table.ts";
import { columnsOf } from "./provision.ts";
import type { Provider, Selection } from "./provision.ts";

/** A column of the database, by its own name and type. */
export interface FoundColumn {
  readonly name: string;
  readonly type: string;
  /** Null for a type that no column of a record has. */
  readonly kind: PhysicalKind | null;
}

/** Tables by name; names of tables and columns are compared without regard to letter case. */
export type FoundTables = ReadonlyMap<string, readonly FoundColumn[]>;

/** A contract table and the fields of it that a study reads, for some of its columns. */
export interface TableUse {
  readonly table: ContractTable;
  readonly fields: readonly string[];
  readonly columns: readonly string[];
}

/** Missing tables, missing columns, columns of a wrong type; each once, with all that need it. */
export function checkProvider(
  provider: Provider,
  found: FoundTables,
  uses: readonly TableUse[],
): readonly Problem[] {
  const wanted = new Map<string, { column: string | null; needed: Set<string> }>();
  const want = (table: string, column: string | null, columns: readonly string[]): void => {
    const key = `${table}.${column ?? ""}`;
    const entry = wanted.get(key) ?? { column, needed: new Set<string>() };
    for (const name of columns) entry.needed.add(name);
    wanted.set(key, entry);
  };
  for (const use of uses) {
    for (const selection of provider.provides[use.table]) {
      for (const [table, column] of physicalColumns(selection, use.fields)) {
        want(table, null, use.columns);
        if (column !== null) want(table, column, use.columns);
      }
    }
  }
  return [...wanted].flatMap(([key, { column, needed }]) => {
    const table = key.slice(0, key.length - 1 - (column ?? "").length);
    return problemsOf(provider, found, { table, column, columns: [...needed] });
  });
}

function problemsOf(
  provider: Provider,
  found: FoundTables,
  wanted: {
    readonly table: string;
    readonly column: string | null;
    readonly columns: readonly string[];
  },
): readonly Problem[] {
  const { table, column, columns } = wanted;
  const held = found.get(table.toLowerCase());
  if (held === undefined) {
    if (column !== null) return [];
    // While TPP rebuilds its database this table is the one that comes and goes. spec/backend.md 8.
    if (table === "CodedEvent_SNOMED")
      return [problem("database-being-rebuilt", { table, columns })];
    const nearest = nearestNames(table, found.keys());
    return [
      problem("database-table-missing", { table, columns, provider: provider.described, nearest }),
    ];
  }
  if (column === null) return [];
  const there = held.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (there === undefined) {
    const nearest = nearestNames(
      column,
      held.map(({ name }) => name),
    );
    return [problem("database-column-missing", { table, column, columns, nearest })];
  }
  const kind = provider.tables[table]?.[column];
  if (kind === undefined || accepts[kind].includes(there.kind)) return [];
  const facts = { table, column, columns, type: there.type, wanted: described[kind] };
  return [problem("database-column-type", facts)];
}

/** A whole number does where a number with a fraction may stand, and a day where a time of day may. */
const accepts: { readonly [K in PhysicalKind]: readonly (PhysicalKind | null)[] } = {
  int: ["int"],
  real: ["real", "int"],
  bit: ["bit", "int"],
  text: ["text"],
  date: ["date", "datetime"],
  datetime: ["datetime", "date"],
};

const described: { readonly [K in PhysicalKind]: string } = {
  int: "whole numbers",
  real: "numbers",
  bit: "true or false",
  text: "text",
  date: "days",
  datetime: "times or days",
};

/** Tables and columns that a selection reads for the fields; a table alone where a join needs it. */
function physicalColumns(
  selection: Selection,
  fields: readonly string[],
): readonly (readonly [table: string, column: string | null])[] {
  const tables = new Map([[selection.alias, selection.table]]);
  for (const { alias, table } of selection.joins ?? []) tables.set(alias, table);
  const names = selection.distinct === true ? Object.keys(selection.fields) : fields;
  const sources = ["patient_id", ...names].flatMap((name) => selection.fields[name] ?? []);
  const read = sources.flatMap(columnsOf);
  const used = new Set(read.map(([alias]) => alias));
  const joined = (selection.joins ?? [])
    .filter(({ kind, alias }) => kind === "inner" || used.has(alias))
    .flatMap(({ on }) => on.flat().map(split));
  const filtered = (selection.where ?? []).map(([of]) => split(of));
  const columns = [...read, ...joined, ...filtered].map(
    ([alias, column]) => [tables.get(alias) ?? alias, column] as const,
  );
  return [[selection.table, null], ...columns];
}

function split(qualified: string): readonly [alias: string, column: string] {
  const [alias = "", column = ""] = qualified.split(".");
  return [alias, column];
}
