/** Who is left after each condition of a population, by plain loops over patients. */
import type { CheckedColumn } from "../../engine/definition/checked-study.ts";
import type { Condition } from "../../engine/definition/conditions/condition.ts";
import { naiveCohort } from "./naive-cohort.ts";
import type { NaiveQuestion } from "./naive-cohort.ts";

/** Of all patients, of those who may be seen, and after each of the conditions that AND joins. */
export function naiveAttrition(question: NaiveQuestion): readonly number[] {
  const rows = (asked: NaiveQuestion): number => naiveCohort(asked).length;
  const everybody = withPopulation(question, []);
  const first = rows({ ...everybody, includeOptedOut: true });
  const conditions = conditionsOf(question);
  const afterEach = conditions.map((_, i) =>
    rows(withPopulation(question, conditions.slice(0, i + 1))),
  );
  return question.includeOptedOut ? [first, ...afterEach] : [first, rows(everybody), ...afterEach];
}

/** A population that is no such condition is one itself. */
function conditionsOf({ study }: NaiveQuestion): readonly (Condition | "itself")[] {
  const population = study.columns.find(({ name }) => name === study.population);
  const when = population?.rules?.[0]?.when ?? null;
  if (population?.function !== "satisfying" || when === null) return ["itself"];
  return when.kind === "all" ? when.of : [when];
}

/** The study for which only these conditions count. */
function withPopulation(
  question: NaiveQuestion,
  conditions: readonly (Condition | "itself")[],
): NaiveQuestion {
  const { study } = question;
  const columns = study.columns.map((column): CheckedColumn => {
    if (column.name !== study.population || conditions.includes("itself")) return column;
    if (column.rules === null || column.function !== "satisfying") return allOf(column);
    const when = { kind: "all", of: conditions as readonly Condition[] } as const;
    return {
      ...column,
      rules: [
        { value: 1, when },
        { value: 0, when: null },
      ],
    };
  });
  return { ...question, study: { ...study, columns } };
}

/** Keeps the file of a population that is taken from one: its patients are asked about. */
function allOf(column: CheckedColumn): CheckedColumn {
  return {
    ...column,
    function: "fixed_value",
    args: { ...column.args, value: 1 },
    dates: {},
  };
}
