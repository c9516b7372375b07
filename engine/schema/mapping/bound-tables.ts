/** The tables and columns that a mapping file names, held against what a database has of them. */
import { nearestNames } from "../../base/nearest.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import { accepts } from "../check-provider.ts";
import type { FoundColumn, FoundTables } from "../check-provider.ts";
import type { PhysicalKind, PhysicalTables } from "../physical-table.ts";
import type { Kinds } from "./form.ts";
import type { TableName } from "./mapping.ts";
import type { Notes } from "./shape.ts";
import { wantedText, wayOutOf } from "./way-out.ts";

/** What a database was found to have: the tables that were asked for, and the names of all. */
export interface Catalogue {
  readonly found: FoundTables;
  readonly names: readonly string[];
}

export interface BoundColumn {
  /** As it is spelt at its first mention. */
  readonly column: string;
  readonly kind: PhysicalKind;
}

interface BoundTable {
  readonly name: string;
  /** By names in lower case. */
  readonly columns: Map<string, BoundColumn>;
  /** Null where no database has been looked at. */
  readonly found: readonly FoundColumn[] | null;
}

interface BoundTo {
  /** Null where no database has been looked at. */
  readonly catalogue: Catalogue | null;
  readonly base: PhysicalTables;
}

interface BaseTable {
  readonly name: string;
  readonly columns: ReadonlyMap<string, BoundColumn>;
}

/** Before a database is looked at every column holds what is wanted of it. */
export class BoundTables {
  private readonly tables = new Map<string, BoundTable | null>();
  private readonly catalogue: Catalogue | null;
  /** Of what the file is based on; by names in lower case, each as it is spelt there. */
  private readonly base: ReadonlyMap<string, BaseTable>;
  private readonly notes: Notes;

  constructor({ catalogue, base }: BoundTo, notes: Notes) {
    this.catalogue = catalogue;
    this.base = baseTables(base);
    this.notes = notes;
  }

  /** The name of the table as it is spelt at its first mention; null, noted once, where it is not there. */
  table({ name, at }: TableName): string | null {
    const key = name.toLowerCase();
    const known = this.tables.get(key);
    if (known !== undefined) return known?.name ?? null;
    const bound = this.newTable(name, at);
    this.tables.set(key, bound);
    return bound?.name ?? null;
  }

  private newTable(name: string, at: YamlMark): BoundTable | null {
    const found = this.catalogue?.found.get(name.toLowerCase()) ?? null;
    if (found === null && this.catalogue !== null) {
      const nearest = nearestTables(name, this.catalogue.names);
      this.notes.note("mapping-table-missing", { name, nearest }, at);
      return null;
    }
    return { name: this.base.get(name.toLowerCase())?.name ?? name, columns: new Map(), found };
  }

  /** A column that must hold one of these kinds; null, noted, where it does not. */
  column(table: string, column: string, wanted: Kinds, at: YamlMark): BoundColumn | null {
    const bound = this.tables.get(table.toLowerCase()) ?? null;
    if (bound === null) return null;
    const found = bound.found === null ? null : this.found(bound, column, at);
    if (bound.found !== null && found === null) return null;
    const ofBase = this.base.get(table.toLowerCase())?.columns.get(column.toLowerCase());
    const likely = wanted.find((each) => each === ofBase?.kind) ?? wanted[0] ?? null;
    const kind = found === null ? likely : this.kindOf(bound, found, wanted, at);
    if (kind === null) return null;
    return keep(bound, ofBase === undefined ? { column, kind } : asInBase(ofBase, kind));
  }

  private found(
    { name: table, found }: BoundTable,
    name: string,
    at: YamlMark,
  ): FoundColumn | null {
    const alike = (found ?? []).filter((each) => each.name.toLowerCase() === name.toLowerCase());
    const [only] = alike;
    if (only !== undefined && alike.length === 1) return only;
    if (only === undefined) {
      const known = (found ?? []).map((each) => each.name);
      const nearest = nearestNames(name, known);
      this.notes.note("mapping-column-missing", { table, name, nearest, known }, at);
      return null;
    }
    this.notes.note("mapping-column-alike", { table, names: alike.map((each) => each.name) }, at);
    return null;
  }

  private kindOf(
    { name: table }: BoundTable,
    { name: column, type, kind }: FoundColumn,
    wanted: Kinds,
    at: YamlMark,
  ): PhysicalKind | null {
    const isShifting = /\bwith (?:local )?time zone\b/i.test(type);
    if (kind !== null && !isShifting && wanted.includes(kind)) {
      return kind === "int" && wanted[0] === "long" ? "long" : kind;
    }
    const wayOut = wayOutOf(column, { kind, isShifting }, wanted);
    const facts = { table, column, type, wanted: wantedText(wanted), wayOut };
    this.notes.note("mapping-column-type", facts, at);
    return null;
  }

  /** Every table and column that was asked for. */
  all(): PhysicalTables {
    return Object.fromEntries(
      [...this.tables.values()].flatMap((bound) =>
        bound === null
          ? []
          : [
              [
                bound.name,
                Object.fromEntries(
                  [...bound.columns.values()].map(({ column, kind }) => [column, kind]),
                ),
              ],
            ],
      ),
    );
  }
}

/** Read as there, unless it holds something else here. */
function asInBase(base: BoundColumn, kind: PhysicalKind): BoundColumn {
  return accepts[base.kind].includes(kind) ? base : { ...base, kind };
}

function baseTables(tables: PhysicalTables): ReadonlyMap<string, BaseTable> {
  return new Map(
    Object.entries(tables).map(([name, columns]) => {
      const all = Object.entries(columns).map(
        ([column, kind]) => [column.toLowerCase(), { column, kind }] as const,
      );
      return [name.toLowerCase(), { name, columns: new Map(all) }];
    }),
  );
}

/** A column that counts as a number anywhere counts as one everywhere. */
function keep({ columns }: BoundTable, { column, kind }: BoundColumn): BoundColumn {
  const key = column.toLowerCase();
  const known = columns.get(key);
  const kept = known ?? { column, kind };
  const both = kept.kind === "long" && kind === "int" ? { ...kept, kind } : kept;
  columns.set(key, both);
  return { column: both.column, kind };
}

/** With its schema, or where that is misspelt the table alone. */
function nearestTables(name: string, names: readonly string[]): readonly string[] {
  const table = (of: string): string => of.split(".").at(-1)?.toLowerCase() ?? "";
  const elsewhere = names.filter((each) => table(each) === table(name));
  return elsewhere.length > 0 ? elsewhere.slice(0, 3) : nearestNames(name, names);
}
