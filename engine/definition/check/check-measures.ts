/** Measures against their study. spec/measures.md 1. */
import { problem } from "../../base/problems.ts";
import type { MeasureDefinition } from "../model.ts";
import type { TypedColumns } from "./column-type.ts";
import type { Checking } from "./draft.ts";

const ID = /^\w{1,100}$/;

/**
 * Columns that the study does not define are let through: another action may add them to the cohort
 * file (decisions.md, "Keep exactly"); whether they are there is seen when the file is read.
 */
export function checkMeasures(
  measures: readonly MeasureDefinition[],
  columns: TypedColumns,
  checking: Checking,
): void {
  checkIds(measures, checking);
  for (const measure of measures) {
    checkGroups(measure, checking);
    checkNumbers(measure, columns, checking);
    checkVisible(measure, columns, checking);
  }
}

/** measure_a_2020-01-01.csv is also what measure "a" writes for that date. */
function checkIds(measures: readonly MeasureDefinition[], checking: Checking): void {
  const taken = new Set<string>();
  for (const { id } of measures) {
    const facts = { study: checking.study, id };
    if (!ID.test(id)) checking.report(problem("measure-id", facts));
    const file = id.toLowerCase().replace(/_\d{4}-\d{2}-\d{2}$/, "");
    if (taken.has(file)) checking.report(problem("measure-duplicate", facts));
    taken.add(file);
  }
}

function checkGroups(measure: MeasureDefinition, checking: Checking): void {
  const { id, group_by: groups } = measure;
  if (groups === null || (groups.length === 1 && groups[0] === "population")) return;
  const facts = { study: checking.study, id };
  for (const role of ["denominator", "numerator"] as const) {
    const column = measure[role];
    if (!groups.includes(column)) continue;
    checking.report(problem("measure-column-in-groups", { ...facts, column, role }));
    return;
  }
  const repeated = groups.find((column, i) => groups.indexOf(column) !== i);
  if (repeated === undefined) return;
  checking.report(problem("measure-group-repeated", { ...facts, column: repeated }));
}

function checkNumbers(measure: MeasureDefinition, columns: TypedColumns, checking: Checking): void {
  for (const role of ["numerator", "denominator"] as const) {
    const column = measure[role];
    const type = columns.get(column)?.type;
    if (type !== "str" && type !== "date") continue;
    const facts = { study: checking.study, id: measure.id, column, role, type };
    checking.report(problem("measure-not-a-number", facts));
  }
}

function checkVisible(measure: MeasureDefinition, columns: TypedColumns, checking: Checking): void {
  const used = [measure.numerator, measure.denominator, ...(measure.group_by ?? [])];
  for (const column of used) {
    if (column === "population" || columns.get(column)?.draft.hidden !== true) continue;
    const facts = { study: checking.study, id: measure.id, column };
    checking.report(problem("measure-hidden-column", facts));
  }
}
