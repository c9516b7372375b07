/** Measures and their texts, as tests write them. */
import { aggregate } from "../../engine/measures/aggregate.ts";
import { formatMeasure } from "../../engine/measures/write-measure.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import { readingOf } from "./reading-of.ts";
import type { Cells } from "./reading-of.ts";

/** `measureOf("ill / population by sex, region")`; `hiding` turns suppression on. */
export function measureOf(words: string, hiding?: "hiding small numbers"): MeasureSpec {
  const [counts = "", groups] = words.split(" by ");
  const [numerator = "", denominator = ""] = counts.split(" / ");
  return {
    id: "m",
    numerator,
    denominator,
    group_by: groups?.split(", ") ?? null,
    small_number_suppression: hiding !== undefined,
  };
}

/** Text of the first measure's file. The others only take part in the reading. */
export async function textOf(
  cells: Cells,
  measure: MeasureSpec,
  others: readonly MeasureSpec[] = [],
): Promise<string> {
  const measures = [measure, ...others];
  const [table] = await aggregate(readingOf(cells, measures), measures, "input_2020-01-01.csv");
  if (table === undefined) throw new Error("no table");
  return [...formatMeasure(publishable(table).table)].join("");
}
