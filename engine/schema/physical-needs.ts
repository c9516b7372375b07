/** What fields of contract tables need of the tables of a database. */
import type { ContractTable } from "./contract.ts";
import { columnsOf, columnsWithin, joinsFor } from "./provision.ts";
import type { Provider, Selection } from "./provision.ts";

/** A contract table and the fields of it that a study reads, for some of its columns. */
export interface TableUse {
  readonly table: ContractTable;
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  /** What else can be done where the table is not there. */
  readonly wayOut?: string;
}

export interface TableNeed {
  /** Columns of the study that cannot do without the table. */
  readonly columns: ReadonlySet<string>;
  readonly wayOut: string;
  /** Columns of the table, each with the columns of the study that need it. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
}

/** By the name of the physical table. */
export type PhysicalNeeds = ReadonlyMap<string, TableNeed>;

interface GrowingNeed {
  wayOut: string;
  readonly columns: Set<string>;
  readonly parts: Map<string, Set<string>>;
}

export function physicalNeeds(provider: Provider, uses: readonly TableUse[]): PhysicalNeeds {
  const needs = new Map<string, GrowingNeed>();
  const want = (table: string, column: string | null, use: TableUse): void => {
    const { columns: wantedBy, wayOut = "" } = use;
    const known = needs.get(table);
    const need: GrowingNeed = known ?? { columns: new Set(), parts: new Map(), wayOut };
    needs.set(table, need);
    for (const name of wantedBy) need.columns.add(name);
    if (column === null) return;
    const part = need.parts.get(column) ?? new Set<string>();
    need.parts.set(column, part);
    for (const name of wantedBy) part.add(name);
  };
  for (const use of uses) {
    for (const selection of provider.provides[use.table] ?? []) {
      for (const [table, column] of physicalColumns(selection, use.fields)) {
        want(table, column, use);
      }
    }
  }
  return needs;
}

/** Tables and columns that a selection reads for the fields; a table alone where a join needs it. */
function physicalColumns(
  selection: Selection,
  fields: readonly string[],
): readonly (readonly [table: string, column: string | null])[] {
  const tables = new Map([[selection.alias, selection.table]]);
  const { joins = [], within } = selection;
  for (const { alias, table } of joins) tables.set(alias, table);
  if (within !== undefined) tables.set(within.alias, within.table);
  const names = selection.distinct === true ? Object.keys(selection.fields) : fields;
  const sources = ["patient_id", ...names].flatMap((name) => selection.fields[name] ?? []);
  const latest = selection.latest === undefined ? [] : columnsOf(selection.latest);
  const read = [...sources.flatMap(columnsOf), ...latest];
  const all = selection.latest === undefined ? sources : [...sources, selection.latest];
  const joined = joinsFor(selection, all).flatMap(({ on, where = [] }) =>
    [...on.flat(), ...where.map(([of]) => of)].map(split),
  );
  const filtered = (selection.where ?? []).map(([of]) => split(of));
  const covered = within === undefined ? [] : columnsWithin(within).map(split);
  const columns = [...read, ...joined, ...filtered, ...covered].map(
    ([alias, column]) => [tables.get(alias) ?? alias, column] as const,
  );
  return [[selection.table, null], ...columns];
}

function split(qualified: string): readonly [alias: string, column: string] {
  const point = qualified.indexOf(".");
  return [qualified.slice(0, point), qualified.slice(point + 1)];
}
