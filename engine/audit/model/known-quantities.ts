/** Numbers that others have, where no file shows what they count: to leave them out would call safe what they tell. */
import type { Description, Dimension, Known } from "../describe/description.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { fail } from "../problems.ts";

/** Problem: audit-name-unknown, of a quantity, a date, data, a column of groups or a label. */
export function refuseStrayKnown(
  { known, facts, dimensions }: Description,
  tables: readonly PublishedTable[],
): void {
  if (known.length === 0) return;
  const inFacts = facts.flatMap((fact) =>
    fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns,
  );
  const printed = tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  const quantities = new Set([POPULATION, ...printed, ...inFacts]);
  const dates = new Set(tables.map(({ date }) => date));
  const all = new Set(tables.map(({ data }) => data));
  for (const { quantity, date, data } of known) {
    if (!quantities.has(quantity)) stray("quantity", quantity, quantities);
    if (data !== null && !all.has(data)) stray("data", data, all);
    if (!dates.has(date)) stray("date", date, dates);
  }
  for (const one of known) {
    for (const beside of worldsWith(one, tables)) refuseStrayGroups(one, beside, dimensions);
  }
}

/** Tables of the date, apart for each data that they are of. */
function worldsWith(
  { date, data }: Known,
  tables: readonly PublishedTable[],
): readonly (readonly PublishedTable[])[] {
  const own = tables.filter((table) => table.date === date && (data ?? table.data) === table.data);
  const worldOf = (table: PublishedTable): string =>
    JSON.stringify([table.release.study, table.data]);
  return [...new Set(own.map(worldOf))].map((world) =>
    own.filter((table) => worldOf(table) === world),
  );
}

function refuseStrayGroups(
  { groups }: Known,
  tables: readonly PublishedTable[],
  dimensions: readonly Dimension[],
): void {
  const cut = new Map(
    dimensions.flatMap(({ name, values, columns }) => [
      [name, values] as const,
      ...Object.entries(columns).map(([column, map]) => [column, Object.keys(map)] as const),
    ]),
  );
  const columns = new Set([...printedLabels(tables).keys(), ...cut.keys()]);
  for (const [name, label] of Object.entries(groups)) {
    if (!columns.has(name)) stray("column", name, columns);
    const labels = cut.get(name) ?? printedLabels(tables).get(name);
    if (labels?.includes(label) === false) stray("label", label, new Set(labels));
  }
}

/** By column of groups; null where somebody can be in one that is not printed, because other programs made a table of it. */
function printedLabels(
  tables: readonly PublishedTable[],
): ReadonlyMap<string, readonly string[] | null> {
  const all = new Map<string, string[] | null>();
  for (const { labels, measure } of tables)
    for (const { name, texts } of labels) {
      const before = all.get(name) ?? [];
      const isOurs = measure.rule.isOurs && all.get(name) !== null;
      all.set(name, isOurs ? [...before, ...texts] : null);
    }
  return all;
}

function stray(what: string, name: string, all: ReadonlySet<string>): never {
  return fail("audit-name-unknown", { what: `A known number's ${what}`, name, known: [...all] });
}
