/** Numbers that others have, where no file shows what they count: to leave them out would call safe what they tell. */
import type { Description } from "../describe/description.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { fail } from "../problems.ts";

/** Problem: audit-name-unknown, of a quantity or of a date. */
export function refuseStrayKnown(
  { known, facts }: Description,
  tables: readonly PublishedTable[],
): void {
  if (known.length === 0) return;
  const inFacts = facts.flatMap((fact) =>
    fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns,
  );
  const printed = tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  const quantities = new Set([POPULATION, ...printed, ...inFacts]);
  const dates = new Set(tables.map(({ date }) => date));
  for (const { quantity, date } of known) {
    if (!quantities.has(quantity)) stray("quantity", quantity, quantities);
    if (!dates.has(date)) stray("date", date, dates);
  }
}

function stray(what: string, name: string, all: ReadonlySet<string>): never {
  return fail("audit-name-unknown", { what: `A known number's ${what}`, name, known: [...all] });
}
