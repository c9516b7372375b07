/** What a study says of the columns that measures add up. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { ColumnCuts } from "../../measures/column-cut.ts";
import { columnCuts } from "./column-cuts.ts";
import { columnWords } from "./column-words.ts";
import type { ColumnWords } from "./column-words.ts";
import { flagRelations } from "./flag-relations.ts";
import type { ColumnKind, FlagRelation } from "../../measures/published-facts.ts";

export interface ColumnFacts {
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** Flags of what was recorded up to the index date: none of them goes back at a later one. */
  readonly growing: readonly string[];
  /** What names a practice, or where people live more closely than a region. */
  readonly areas: readonly string[];
  readonly relations: readonly FlagRelation[];
  /** How groups cut the answers to its questions; null where that does not hold for the numbers. */
  readonly cuts: ((names: readonly string[]) => ColumnCuts) | null;
  /** What the study asks for in each of them. */
  readonly words: (names: readonly string[]) => ColumnWords;
}

export function columnFacts({ columns }: Pick<CheckedStudy, "columns">): ColumnFacts {
  return {
    kinds: Object.fromEntries(columns.flatMap((column) => kindOf(column))),
    growing: columns.filter(grows).map(({ name }) => name),
    areas: columns.filter(isArea).map(({ name }) => name),
    relations: flagRelations({ columns }),
    cuts: columnCuts({ columns }),
    words: columnWords({ columns }),
  };
}

/** Of numbers whose columns were made by other conditions. */
export function withoutConditions(facts: ColumnFacts): ColumnFacts {
  return { ...facts, growing: [], relations: [], cuts: null };
}

function kindOf(column: CheckedColumn): readonly (readonly [string, ColumnKind])[] {
  const { name, type } = column;
  if (type === "bool") return [[name, "flag"]];
  // -1 stands for no index of deprivation.
  if (type === "int") return [[name, column.function === "address_as_of" ? "number" : "count"]];
  return type === "float" ? [[name, "number"]] : [];
}

const WIDE: ReadonlySet<string> = new Set([
  "nuts1_region_name",
  "index_of_multiple_deprivation",
  "rural_urban_classification",
]);

function isArea(column: CheckedColumn): boolean {
  if (column.function === "household_as_of") {
    return ["pseudo_id", "msoa"].includes(column.args.returning);
  }
  const isPlace =
    column.function === "registered_practice_as_of" || column.function === "address_as_of";
  return isPlace && !WIDE.has(column.args.returning);
}

const EVENTS: ReadonlySet<string> = new Set([
  "with_these_clinical_events",
  "with_these_medications",
  "with_tpp_vaccination_record",
  "admitted_to_hospital",
  "attended_emergency_care",
]);

/** However the end of the period is shifted, a later index date does not make it earlier. */
function grows(column: CheckedColumn): boolean {
  const { type, period } = column;
  if (type !== "bool" || !EVENTS.has(column.function) || period?.from !== null) return false;
  return period.to?.kind === "from" && period.to.base.kind === "index-date";
}
