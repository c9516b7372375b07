/** The answer of one task whose measures were made in two parts. */
import { wantedColumns } from "./measure-spec.ts";
import type { MeasureAnswer, MeasureTask } from "./measure-task.ts";
import type { CohortMarks } from "./published-facts.ts";

type Measures = MeasureTask["measures"];

type Made = Extract<MeasureAnswer, { readonly ok: true }>;

/** As if all measures of the task had been made together. */
export function joinedAnswers(
  some: MeasureAnswer,
  others: Made,
  { measures, rest }: { readonly measures: Measures; readonly rest: Measures },
): MeasureAnswer {
  if (!some.ok) return some;
  const ids = measures.map(({ id }) => id);
  const inOrder = <T>(all: readonly T[], idOf: (one: T) => string): readonly T[] =>
    ids.flatMap((id) => all.filter((one) => idOf(one) === id));
  return {
    ok: true,
    patients: some.patients,
    marks: joinedMarks(some.marks, others.marks, { measures, rest }),
    made: inOrder([...some.made, ...others.made], ({ id }) => id),
    hidden: inOrder([...some.hidden, ...others.hidden], ({ measure }) => measure),
  };
}

/** A column that some measure groups by is marked by its texts, which only a part that groups by it has. */
function joinedMarks(
  some: CohortMarks | null,
  others: CohortMarks | null,
  { measures, rest }: { readonly measures: Measures; readonly rest: Measures },
): CohortMarks | null {
  if (some === null || others === null) return null;
  const { numbers, texts } = wantedColumns(measures);
  const { texts: ofOthers } = wantedColumns(rest);
  const columns = [...new Set([...numbers, ...texts])].flatMap((name) => {
    const [first, second] = ofOthers.includes(name) ? [others, some] : [some, others];
    const mark = first.columns[name] ?? second.columns[name];
    return mark === undefined ? [] : [[name, mark] as const];
  });
  return { population: some.population, columns: Object.fromEntries(columns) };
}
