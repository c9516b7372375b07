/** A study as a kind of database answers it: a few columns hold another type there. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { Provider } from "../../schema/provision.ts";

export function studyFor(study: CheckedStudy, { meaning }: Provider): CheckedStudy {
  if (meaning.practices === "numbers") return study;
  return { ...study, columns: study.columns.map(withCodedPractice) };
}

/** What tells practices apart is a code. */
function withCodedPractice(column: CheckedColumn): CheckedColumn {
  const isCode =
    column.function === "registered_practice_as_of" && column.args.returning === "pseudo_id";
  return isCode ? { ...column, type: "str" } : column;
}
