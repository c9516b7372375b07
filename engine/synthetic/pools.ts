/** Short lists of values that a column of the database takes, with those a study asks for. */
import { COVID_DAY } from "./period.ts";
import type { CodeUse } from "./study-codes.ts";
import type { World } from "./world.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/**
 * The built-in values, and those of the study so often that they are about a third together. One that
 * stands there twice is drawn twice as often.
 */
export function pool(
  { codes }: World,
  use: CodeUse,
  builtIn: readonly string[],
): readonly string[] {
  const wanted = (codes.groups[use] ?? []).flatMap((group) => group.codes);
  if (wanted.length === 0) return builtIn;
  const times = Math.max(1, Math.ceil(builtIn.length / wanted.length / 2));
  return [...builtIn, ...Array.from({ length: times }, () => wanted).flat()];
}

/** A code of an ICD-10 column on this day: what stands for COVID-19 was pneumonia before there was any. */
export function icd10On(code: Sql, day: Sql): Sql {
  return sql`CASE WHEN ${day} < DATE ${COVID_DAY} AND starts_with(${code}, 'U07') THEN 'J189' ELSE ${code} END`;
}
