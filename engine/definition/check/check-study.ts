/** The whole-study check: every problem at once, or the study with every question answered. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { checkCondition } from "../conditions/check-condition.ts";
import type { ValuesOfColumn } from "../conditions/compare-as-numbers.ts";
import { neverHolds } from "../conditions/never-holds.ts";
import type { CheckedColumn, CheckedStudy } from "../checked-study.ts";
import { dependsOnIndexDate } from "../dates/evaluate-date.ts";
import type { MeasureDefinition, StudyFile } from "../model.ts";
import { categoryRules } from "./category-rules.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkDateReferences, checkValueSource } from "./check-date-sources.ts";
import { checkMeasures } from "./check-measures.ts";
import { careHomeTerms, checkSources, columnReads } from "./column-reads.ts";
import type { Parsed } from "./column-reads.ts";
import { columnType } from "./column-type.ts";
import type { Typed, TypedColumns } from "./column-type.ts";
import type { Checking, Draft } from "./draft.ts";
import { flattenColumns } from "./flatten-columns.ts";
import { warnOfFormulas } from "./formula-categories.ts";
import { checkFunctionRules } from "./function-rules.ts";
import { expressionsOf, inColumn, readDates } from "./read-dates.ts";
import { listedValues } from "./listed-values.ts";
import { readIndexDate } from "./read-index-date.ts";
import { topologicalOrder } from "./topological-order.ts";

export type StudyCheck =
  | { readonly ok: true; readonly study: CheckedStudy; readonly warnings: readonly Problem[] }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
      /** The columns that are in order, so that their expectations can be checked as well. */
      readonly partial: CheckedStudy;
    };

/**
 * Resolves every name, type and date of a study. `name` is that of its file, `study_definition_copd`.
 * All problems are reported together, in the order in which the author wrote the columns.
 */
export function checkStudy(name: string, { study, measures }: StudyFile): StudyCheck {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const checking: Checking = {
    study: name,
    report: (found) => void problems.push(found),
    warn: (found) => void warnings.push(found),
  };
  const indexDate = readIndexDate(study, checking);
  const { drafts, output } = flattenColumns(study, checking);
  const columns = checkColumns(drafts, measures, checking);
  const known = new Set(columns.map((column) => column.name));
  const checked: CheckedStudy = {
    name,
    indexDate,
    defaultExpectations: study.default_expectations,
    dummyData: study.dummy_data ?? "independent",
    columns,
    output: output.filter((column) => known.has(column)),
    population: "population",
    measures,
  };
  return problems.length > 0
    ? { ok: false, problems, warnings, partial: checked }
    : { ok: true, study: checked, warnings };
}

function checkColumns(
  drafts: readonly Draft[],
  measures: readonly MeasureDefinition[],
  checking: Checking,
): readonly CheckedColumn[] {
  const names = new Set(drafts.map(({ name }) => name));
  const parsed = drafts.map((draft) => parseColumn(draft, names, checking));
  const ordered = topologicalOrder(
    parsed.map((column) => ({ ...column, name: column.draft.name })),
    columnReads,
  );
  if (!ordered.ok) {
    checking.report(problem("column-cycle", { study: checking.study, cycle: ordered.cycle }));
    return [];
  }
  const typed = typeColumns(ordered.order, checking);
  const known = { typed, names, valuesOf: listedValues(ordered.order) };
  const ready = ordered.order.map((column) => withConditions(column, known, checking));
  checkMeasures(measures, { drafts, typed }, checking);
  return checkedColumns(ready, typed);
}

function parseColumn(draft: Draft, names: ReadonlySet<string>, checking: Checking): Parsed {
  checkArguments(draft, checking);
  checkFunctionRules(draft, checking);
  checkSources(draft, names, checking);
  const dates = readDates(draft, names, checking);
  const parsed: Parsed = { draft, dates, rules: categoryRules(draft, checking) };
  warnOfFormulas(parsed, checking);
  return parsed;
}

function typeColumns(ordered: readonly Parsed[], checking: Checking): TypedColumns {
  const typed = new Map<string, Typed & { readonly draft: Draft }>();
  for (const column of ordered) {
    const { draft } = column;
    const type = columnType(column, typed, checking);
    checkDateReferences(column, typed, checking);
    checkValueSource(draft, typed, checking);
    if (type === null) continue;
    typed.set(draft.name, { ...type, draft });
    if (draft.name === "population" && type.type !== "bool") {
      const facts = { study: checking.study, type: type.type };
      checking.report(problem("population-type", facts, draft.place));
    }
  }
  return typed;
}

interface KnownColumns {
  readonly typed: TypedColumns;
  readonly names: ReadonlySet<string>;
  readonly valuesOf: ValuesOfColumn;
}

const noValues: ValuesOfColumn = () => null;

/**
 * The column with its conditions aligned to the types of what they compare. A column whose own type is
 * open has told its problem; conditions on it are not blamed.
 */
function withConditions(
  column: Parsed,
  { typed, names, valuesOf }: KnownColumns,
  checking: Checking,
): Parsed {
  const { draft, rules } = column;
  if (rules === null) return column;
  const careHome = draft.function === "care_home_status_as_of";
  const terms: Readonly<Record<string, Typed["type"]>> = careHomeTerms;
  const known = careHome ? Object.keys(terms) : names;
  const typeOf = (name: string) => (careHome ? terms[name] : typed.get(name)?.type);
  const aligned = rules.map((rule) => {
    if (rule.when === null) return rule;
    const listed = careHome ? noValues : valuesOf;
    const { condition, problems } = checkCondition(rule.when, typeOf, known, listed);
    for (const found of problems) checking.report(inColumn(found, draft, checking));
    for (const facts of neverHolds(rule.when, listed)) {
      checking.warn(inColumn(problem("condition-never-holds", facts), draft, checking));
    }
    return { ...rule, when: condition };
  });
  return { ...column, rules: aligned };
}

function checkedColumns(ordered: readonly Parsed[], typed: TypedColumns): readonly CheckedColumn[] {
  const moving = new Set<string>();
  return ordered.flatMap((column) => {
    const { draft, dates, rules } = column;
    const type = typed.get(draft.name);
    if (type === undefined) return [];
    const reads = columnReads(column);
    const readsIndexDate =
      expressionsOf(dates).some(dependsOnIndexDate) || reads.some((name) => moving.has(name));
    if (readsIndexDate) moving.add(draft.name);
    const { type: valueType, dateFormat } = type;
    const checked = {
      ...draft,
      ...dates,
      rules,
      reads,
      readsIndexDate,
      type: valueType,
      dateFormat,
    };
    // Each argument has been held against its shape, and what is wrong is reported.
    return [checked as CheckedColumn];
  });
}
