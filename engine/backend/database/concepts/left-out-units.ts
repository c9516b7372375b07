/** Weights and heights that no body mass index is made of, because nobody knows their unit. */
import { roughCount } from "../../../base/rounded-count.ts";
import type { CheckedStudy } from "../../../definition/checked-study.ts";
import { renderTable } from "../../../sql/render-table.ts";
import { joinSql, sql, word } from "../../../text/sql.ts";
import type { Records } from "../records.ts";

const MEASURES = [
  ["weights", "weight", "kilograms"],
  ["heights", "height", "metres"],
] as const;

/** A line where a study asks for the index; counts are rounded. */
export async function leftOutUnits(
  { provider, dialect, session, ready }: Records,
  { columns }: CheckedStudy,
): Promise<readonly string[]> {
  const asking = columns.filter((column) => column.function === "most_recent_bmi");
  const { bodyMass } = provider.meaning;
  if (asking.length === 0 || bodyMass.table !== "concept_events") return [];
  const fields = ["standard_concept", "numeric_value", "kilograms", "metres"];
  await ready([{ table: bodyMass.table, fields, columns: asking.map(({ name }) => name) }]);
  const events = renderTable(bodyMass.table, fields, { provider, dialect, range: null });
  const counts = MEASURES.map(([name, measure, field]) => {
    const concepts = joinSql(
      bodyMass[measure].map((concept) => dialect.integer(Number(concept))),
      ", ",
    );
    const test = sql`e.standard_concept IN (${concepts}) AND e.numeric_value IS NOT NULL AND e.${word(field)} IS NULL`;
    return sql`sum(CASE WHEN ${test} THEN 1 ELSE 0 END) AS ${word(name)}`;
  });
  const [row] = await session.rows(sql`SELECT ${joinSql(counts, ", ")} FROM (${events}) e`);
  const told = MEASURES.map(([name]) => `${roughCount(Number(row?.[name] ?? 0))} ${name}`);
  return [`  without a known unit, and left out: ${told.join(", ")}`];
}
