/** Which columns of groups cut one number differently, as far as their study says it exactly; and which may, and are not linked. */
import type { Dimension } from "./description.ts";
import { labelsBehind } from "./merged-columns.ts";
import { cutDimension, oddLabels } from "./cut-dimension.ts";
import type { CutColumn } from "./cut-dimension.ts";
import type { PublishedTable } from "./published-table.ts";

export interface LinkedColumns {
  readonly dimensions: readonly Dimension[];
  /** In words, of columns that may cut one number. */
  readonly notLinked: readonly string[];
}

interface Column extends CutColumn {
  /** By date, what it was counted from. */
  readonly records: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Of tables of the same patients. */
export function linkedColumns(tables: readonly PublishedTable[]): LinkedColumns {
  const columns = new Map<string, readonly PublishedTable[]>();
  for (const table of tables)
    for (const label of table.labels) {
      const name = columnOfLabel(label);
      if (table.measure.cuts !== undefined)
        columns.set(name, [...(columns.get(name) ?? []), table]);
    }
  if (columns.size < 2) return { dimensions: [], notLinked: [] };
  const notes: string[] = [];
  const known: Column[] = [];
  for (const [name, own] of columns) {
    const found = columnOf(name, own);
    const others = [...columns.keys()].filter((other) => other !== name);
    if (typeof found !== "string") known.push(found);
    else
      notes.push(
        `column ${name}: ${found}, so that it is not known whether it cuts the same numbers as ${others.sort().join(", ")}`,
      );
  }
  const groups = linkedGroups(known);
  const dimensions = groups.filter((own) => own.length > 1).map((own) => own.sort(byName));
  const names = new Set(columns.keys());
  return {
    dimensions: dimensions.map((own) => cutDimension(freeName(own, names), own)),
    notLinked: [...notes, ...unlinkedNotes(groups, tables)],
  };
}

/** As it was before any labels of it were merged. */
function columnOfLabel({ name, of }: PublishedTable["labels"][number]): string {
  return of?.column ?? name;
}

const byName = (a: Column, b: Column): number => (a.column < b.column ? -1 : 1);

/** Why nothing can be said of it, in words, or what is said. */
function columnOf(column: string, tables: readonly PublishedTable[]): Column | string {
  const records = new Map<string, Set<string>>();
  const shown = new Set<string>();
  const cuts = tables.map(({ measure: { cuts }, date, labels }) => {
    const own = records.get(date) ?? new Set();
    records.set(date, own.add(cuts?.recordsAt[date] ?? ""));
    const printed = labels.find((each) => columnOfLabel(each) === column);
    for (const label of printed?.texts ?? [])
      for (const each of printed?.of === undefined ? [label] : labelsBehind(printed.of, label))
        shown.add(each);
    if (cuts?.columns == null) return "its file does not tell what the study says of it";
    return Object.hasOwn(cuts.columns, column)
      ? (cuts.columns[column] ?? "")
      : "it is not of the study";
  });
  const [cut = ""] = cuts;
  const why = cuts.find((each) => typeof each === "string");
  if (why !== undefined || typeof cut === "string") return why ?? "nothing is known of it";
  if (new Set(cuts.map((each) => JSON.stringify(each))).size > 1)
    return "files were made with other definitions of it";
  const found = { column, cut, shown: [...shown].sort(), records };
  return oddLabels(found) ?? found;
}

/** Columns with the same question to the same records; each is in one group. */
function linkedGroups(columns: readonly Column[]): readonly Column[][] {
  const groups: Column[][] = [];
  for (const column of columns) {
    const own = groups.filter((group) => group.some((other) => areLinked(column, other)));
    for (const each of own) groups.splice(groups.indexOf(each), 1);
    groups.push([...own.flat(), column]);
  }
  return groups;
}

/** At every date, so that what stays the same over dates is the same of both. */
function areLinked(a: Column, b: Column): boolean {
  const dates = new Set([...a.records.keys(), ...b.records.keys()]);
  const isShared = (date: string): boolean =>
    [...(a.records.get(date) ?? [])].some((each) => b.records.get(date)?.has(each) === true);
  return a.cut.base === b.cut.base && [...dates].every(isShared);
}

/** No column has it: what is known of a column with the answers is not known of the answers that it does not tell apart. */
function freeName(own: readonly Column[], names: ReadonlySet<string>): string {
  let name = own[0]?.cut.name ?? "";
  while (names.has(name)) name = `values of ${name}`;
  return name;
}

/** Of columns from one place that no file shows together. */
function unlinkedNotes(
  groups: readonly (readonly Column[])[],
  tables: readonly PublishedTable[],
): readonly string[] {
  const places = new Map<string, { readonly words: string; readonly of: Map<string, number> }>();
  for (const [at, group] of groups.entries())
    for (const { column, cut } of group)
      for (const [place, words] of Object.entries(cut.sources)) {
        const found = places.get(place) ?? { words, of: new Map<string, number>() };
        places.set(place, { words, of: found.of.set(column, at) });
      }
  const isTogether = (a: string, b: string): boolean =>
    tables.some(({ labels }) =>
      [a, b].every((each) => labels.some((label) => columnOfLabel(label) === each)),
    );
  return [...places.values()].flatMap(({ words, of }) => {
    const apart = [...of.keys()].filter((a) =>
      [...of.keys()].some((b) => of.get(a) !== of.get(b) && !isTogether(a, b)),
    );
    if (apart.length === 0) return [];
    return [
      `columns ${apart.sort().join(", ")} are all made from ${words}: how one cuts the numbers of another is not known`,
    ];
  });
}
