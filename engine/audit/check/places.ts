/** Where in the layouts a cell or a row of a table is. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { Attacker, Description } from "../describe/description.ts";
import { isDerived } from "../describe/published-table.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { besideKey } from "./layout.ts";
import type { Layout, Term } from "./layout.ts";

/** What is published of the same patients. */
export interface Published {
  readonly description: Description;
  readonly attacker: Attacker;
  readonly tables: readonly PublishedTable[];
  readonly data: string;
}

/** Of each column of a table its layout, and of each row the places there that are added up. */
export interface Printed {
  readonly table: PublishedTable;
  readonly layouts: readonly number[];
  readonly people: number;
  readonly rows: readonly (readonly number[])[];
}

/** Of each base column, which of its values. */
type Values = ReadonlyMap<string, readonly string[]>;

/** Which layout has the cells, and where their labels are in it; null where a label can stand for several values. */
interface Plan {
  readonly at: number;
  readonly labels:
    | readonly {
        readonly name: string;
        readonly size: number;
        readonly places: ReadonlyMap<string, number>;
      }[]
    | null;
}

export class Places {
  readonly #published: Published;
  readonly #layouts: readonly Layout[];
  readonly #columns: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly #byKey: ReadonlyMap<string, number>;
  readonly #plans = new Map<string, Plan>();
  readonly #rows = new Map<string, readonly (readonly number[])[] | null>();

  constructor(published: Published, layouts: readonly Layout[]) {
    this.#published = published;
    this.#layouts = layouts;
    const columns = layouts.flatMap((layout) => layout.columns);
    this.#columns = new Map(
      columns.map(({ name, values }) => [name, new Map(values.map((one, at) => [one, at]))]),
    );
    this.#byKey = new Map(layouts.map((each, at) => [`${each.quantity}\n${besideKey(each)}`, at]));
  }

  /** Null for a table with a cell that is in no layout; totals that only repeat printed rows are left out. */
  printed(): readonly (Printed | null)[] {
    const { tables } = this.#published;
    return tables
      .filter((table) => !isDerived(table, tables))
      .map((table) => {
        const names = table.labels.map(({ name }) => this.#baseOf(name));
        const of = (quantity: string): number => this.#layoutOf(quantity, table.date, names);
        const [layouts, people] = [table.columns.map(({ name }) => of(name)), of(POPULATION)];
        const layout = this.#layouts[people];
        const rows = layout === undefined ? null : this.#rowsOf(table, layout);
        return rows === null || layouts.includes(-1) ? null : { table, layouts, people, rows };
      });
  }

  /** Null where the layouts do not have the cell. */
  term(quantity: string, date: string, groups: Readonly<Record<string, string>>): Term | null {
    const { at, labels } = this.#planOf(quantity, date, Object.keys(groups));
    const layout = this.#layouts[at];
    if (layout === undefined) return null;
    if (labels === null) {
      const places = this.#placesWith(layout, this.#valuesOf(Object.entries(groups)));
      return places === null ? null : { layout: at, places, isLess: false };
    }
    let place = 0;
    for (const { name, places, size } of labels)
      place = place * size + (places.get(groups[name] ?? "") ?? NaN);
    return Number.isNaN(place) ? null : { layout: at, places: [place], isLess: false };
  }

  /** The same for all cells of one table. */
  #planOf(quantity: string, date: string, names: readonly string[]): Plan {
    let key = `${date}\n${quantity}`;
    for (const name of names) key += `\n${name}`;
    const found = this.#plans.get(key);
    if (found !== undefined) return found;
    const bases = names.map((name) => this.#baseOf(name));
    const at = this.#layoutOf(quantity, date, bases);
    const { dimensions } = this.#published.description;
    const isCut = dimensions.some(({ name }) => bases.includes(name));
    const columns = isCut ? undefined : this.#layouts[at]?.columns;
    const labels = columns?.map(({ name, values }) => ({
      ...{ name, size: values.length },
      places: this.#columns.get(name) ?? new Map<string, number>(),
    }));
    const plan = { at, labels: labels ?? null };
    this.#plans.set(key, plan);
    return plan;
  }

  /** Whether the patients of a base column's values stay the same. */
  isStatic(name: string): boolean {
    const { dimensions, time } = this.#published.description;
    const own = dimensions.find((each) => each.name === name)?.columns;
    const columns = own === undefined ? [name] : Object.keys(own);
    return columns.length > 0 && columns.every((column) => time.static.includes(column));
  }

  #rowsOf(table: PublishedTable, layout: Layout): readonly (readonly number[])[] | null {
    const key = JSON.stringify([table.labels, table.rows.length, besideKey(layout)]);
    const found = this.#rows.get(key);
    if (found !== undefined) return found;
    const rows = table.rows.map((_, row) => {
      const labels = table.labels.map(({ name, texts }) => [name, texts[row] ?? ""] as const);
      return this.#placesWith(layout, this.#valuesOf(labels));
    });
    const all = rows.includes(null) ? null : rows.map((places) => places ?? []);
    this.#rows.set(key, all);
    return all;
  }

  /** Columns that no layout has are those with one value only. */
  #layoutOf(quantity: string, date: string, names: readonly string[]): number {
    const kept = [...new Set(names)].filter((name) => this.#columns.has(name)).sort();
    const columns = kept.map((name) => ({ name, values: [] }));
    return this.#byKey.get(`${quantity}\n${besideKey({ date, columns })}`) ?? -1;
  }

  #baseOf(column: string): string {
    const { dimensions } = this.#published.description;
    return dimensions.find((each) => Object.hasOwn(each.columns, column))?.name ?? column;
  }

  #valuesOf(labels: readonly (readonly [column: string, label: string])[]): Values {
    const { dimensions } = this.#published.description;
    const found = new Map<string, readonly string[]>();
    for (const [column, label] of labels) {
      const base = this.#baseOf(column);
      const dimension = dimensions.find(({ name }) => name === base);
      const values = dimension?.columns[column]?.[label] ?? [label];
      const before = found.get(base);
      found.set(base, before === undefined ? values : values.filter((one) => before.includes(one)));
    }
    return found;
  }

  #placesWith(layout: Layout, values: Values): readonly number[] | null {
    let found: readonly number[] = [0];
    for (const { name, values: all } of layout.columns) {
      const own = (values.get(name) ?? all).map((one) => this.#columns.get(name)?.get(one) ?? -1);
      if (own.includes(-1)) return null;
      found = found.flatMap((at) => own.map((place) => at * all.length + place));
    }
    return found;
  }
}
