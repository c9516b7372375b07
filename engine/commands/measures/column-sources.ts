/** Where a column comes from in the end: two columns from one place may cut one number, whether or not it is known how. */
import { createHash } from "node:crypto";
import { isRecord } from "../../base/is-record.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";

/** Functions that make a column of others, and nothing else. */
const MAKING: ReadonlySet<string> = new Set([
  ...["categorised_as", "satisfying", "minimum_of", "maximum_of", "date_of", "comparator_from"],
]);

/** By function, what the column is about whatever it returns. */
const PLACES: Readonly<Record<string, string>> = {
  registered_practice_as_of: "the registered practice",
  address_as_of: "the address",
  household_as_of: "the address",
  care_home_status_as_of: "the address",
  age_as_of: "the date of birth",
  date_of_birth: "the date of birth",
  with_ethnicity_from_sus: "the ethnicity in hospital records",
};

/** Words by place; `bases` tells equal questions. */
export function columnSources(
  column: CheckedColumn,
  byName: ReadonlyMap<string, CheckedColumn>,
  bases: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  const follow = (each: CheckedColumn): void => {
    if (seen.has(each.name)) return;
    seen.add(each.name);
    if (!MAKING.has(each.function)) {
      const [key, words] = sourceOf(each, bases);
      found[key] = words;
      return;
    }
    for (const name of each.reads) {
      const read = byName.get(name);
      if (read !== undefined) follow(read);
    }
  };
  follow(column);
  return found;
}

function sourceOf(
  column: CheckedColumn,
  bases: ReadonlyMap<string, string>,
): readonly [string, string] {
  const place = Object.hasOwn(PLACES, column.function) ? PLACES[column.function] : undefined;
  if (place !== undefined) return [place, place];
  const codes = codesOf(column);
  if (codes !== null) return [`codes ${codes}`, "the same codes"];
  return [bases.get(column.name) ?? column.name, `column ${column.name}`];
}

/** Of the codes that a category is looked up for, whatever the categories: ethnicity in 6 groups and in 16. */
function codesOf({ args }: CheckedColumn): string | null {
  const given = args as Readonly<Record<string, unknown>>;
  const list = given["codelist"];
  if (given["returning"] !== "category" || !isRecord(list) || !Array.isArray(list["codes"]))
    return null;
  const codes = list["codes"].map((each: unknown): unknown =>
    Array.isArray(each) ? each[0] : each,
  );
  return createHash("sha256").update(JSON.stringify(codes.sort())).digest("hex").slice(0, 16);
}
