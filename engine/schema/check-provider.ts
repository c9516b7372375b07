/** Whether a database holds what a study needs of it. */
import { problem } from "./problems.ts";
import { nearestNames } from "../base/nearest.ts";
import type { Problem } from "../base/problems.ts";
import { physicalNeeds } from "./physical-needs.ts";
import type { TableUse } from "./physical-needs.ts";
import type { PhysicalKind } from "./physical-table.ts";
import type { Provider } from "./provision.ts";

/** A column of the database, by its own name and type. */
export interface FoundColumn {
  readonly name: string;
  readonly type: string;
  /** Null for a type that no column of a record has. */
  readonly kind: PhysicalKind | null;
}

/** Tables by name; names of tables and columns are compared without regard to letter case. */
export type FoundTables = ReadonlyMap<string, readonly FoundColumn[]>;

/** Missing tables, missing columns, columns of a wrong type; each once, with all that need it. */
export function checkProvider(
  provider: Provider,
  found: FoundTables,
  uses: readonly TableUse[],
): readonly Problem[] {
  const needs = physicalNeeds(provider, uses);
  const missing = [...needs.keys()].filter((table) => !found.has(table.toLowerCase()));
  return [...needs].flatMap(([table, { columns, parts, wayOut }]) => [
    ...problemsOf(provider, found, {
      ...{ table, column: null, columns: [...columns] },
      wayOut: missing.includes(table) ? wayOutOf(provider, { table, missing, wayOut }) : wayOut,
    }),
    ...[...parts].flatMap(([column, wantedBy]) =>
      problemsOf(provider, found, { table, column, columns: [...wantedBy], wayOut }),
    ),
  ]);
}

/** What all missing tables of one kind have in common is said with each of them. */
function wayOutOf(
  { ifMissing }: Provider,
  {
    table,
    missing,
    wayOut,
  }: { readonly table: string; readonly missing: readonly string[]; readonly wayOut: string },
): string {
  const said = ifMissing?.([table]) === "" ? "" : (ifMissing?.(missing) ?? "");
  return [wayOut, said].filter((text) => text !== "").join(" ");
}

function problemsOf(
  provider: Provider,
  found: FoundTables,
  wanted: {
    readonly table: string;
    readonly column: string | null;
    readonly columns: readonly string[];
    readonly wayOut: string;
  },
): readonly Problem[] {
  const { table, column, columns, wayOut } = wanted;
  const held = found.get(table.toLowerCase());
  if (held === undefined) {
    if (column !== null) return [];
    // While TPP rebuilds its database this table is the one that comes and goes.
    if (table === "CodedEvent_SNOMED")
      return [problem("database-being-rebuilt", { table, columns, wayOut })];
    const nearest = nearestNames(table, found.keys());
    return [
      problem("database-table-missing", {
        table,
        columns,
        wayOut,
        provider: provider.described,
        nearest,
      }),
    ];
  }
  if (column === null) return [];
  const there = held.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (there === undefined) {
    const nearest = nearestNames(
      column,
      held.map(({ name }) => name),
    );
    return [problem("database-column-missing", { table, column, columns, wayOut, nearest })];
  }
  const kind = provider.tables[table]?.[column];
  if (kind === undefined || accepts[kind].includes(there.kind)) return [];
  const facts = { table, column, columns, wayOut, type: there.type, wanted: described[kind] };
  return [problem("database-column-type", facts)];
}

/** A whole number does where a number with a fraction may stand, and a day where a time of day may. */
export const accepts: { readonly [K in PhysicalKind]: readonly (PhysicalKind | null)[] } = {
  int: ["int"],
  long: ["long", "int"],
  real: ["real", "int"],
  bit: ["bit", "int"],
  text: ["text"],
  date: ["date", "datetime"],
  datetime: ["datetime", "date"],
};

const described: { readonly [K in PhysicalKind]: string } = {
  int: "whole numbers",
  long: "whole numbers",
  real: "numbers",
  bit: "true or false",
  text: "text",
  date: "days",
  datetime: "times or days",
};
