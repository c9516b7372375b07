/**
 * Marks of a cohort that was counted in a database, where no row of a patient is seen: what is counted follows
 * from the records and from what the study asks of them, so equal questions to equal records have equal answers.
 */
import { createHmac } from "node:crypto";
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { CohortMarks } from "../../measures/published-facts.ts";
import { canonicalJson } from "../manifest/fingerprint.ts";
import type { CohortOrigin } from "../manifest/cohort-origin.ts";

/** Of the records themselves: equal questions to those of one mark have equal answers. */
export function recordsMark(
  secret: string,
  { data, data_version, files, today, engine }: CohortOrigin,
  date: IsoDate,
): string {
  const content = canonicalJson({ data, data_version, files, today, engine, date });
  return createHmac("sha256", secret).update(`records ${content}`).digest("hex").slice(0, 32);
}

/** `names` are the columns that measures count and group by. */
export function definitionMarks(
  secret: string,
  { columns, population }: CheckedStudy,
  names: readonly string[],
): (date: IsoDate, origin: CohortOrigin) => CohortMarks {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (date, { data_version, files, today, engine }) => {
    const markOf = (all: readonly CheckedColumn[]): string => {
      const asked = all.map((column) => ({ ...column, ...NOT_ASKED }));
      const at = all.some(({ readsIndexDate }) => readsIndexDate) ? date : null;
      const content = { asked, at, data_version, files, today, engine };
      return createHmac("sha256", secret)
        .update(JSON.stringify(["definition", canonicalJson(content)]))
        .digest("hex")
        .slice(0, 32);
    };
    const people = columnsBehind(population, byName);
    const marked = names.flatMap((name) => {
      const own = columnsBehind(name, byName);
      return own.length === 0 ? [] : [[name, markOf([...people, ...own])] as const];
    });
    return { population: markOf(people), columns: Object.fromEntries(marked) };
  };
}

/** Where a column stands in its file, and what is drawn for it, change nothing of what records answer. */
const NOT_ASKED = { place: null, expectations: null };

/** The column with all that it reads. */
function columnsBehind(
  name: string,
  byName: ReadonlyMap<string, CheckedColumn>,
): readonly CheckedColumn[] {
  const found = new Set<CheckedColumn>();
  const follow = (each: string): void => {
    const column = byName.get(each);
    if (column === undefined || found.has(column)) return;
    found.add(column);
    for (const read of column.reads) follow(read);
  };
  follow(name);
  return [...found];
}
