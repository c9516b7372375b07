/** Measures against their study. */
import { nearestNames } from "../../base/nearest.ts";
import { fileNameFault } from "../../base/portable-name.ts";
import { problem } from "../problems.ts";
import type { MeasureDefinition } from "../model.ts";
import type { TypedColumns } from "./column-type.ts";
import type { Checking, Draft } from "./draft.ts";
import { measuresOfOneFile } from "./measure-files.ts";

/** What a measure may name. */
export interface MeasurableColumns {
  /** All that the study defines, hidden ones too. */
  readonly drafts: readonly Draft[];
  /** Those of them whose type is known. */
  readonly typed: TypedColumns;
}

/**
 * Names that the study does not define are problems unless `fromFile` marks them: then another action
 * may add them to the cohort files, and whether they are there is seen when the files are read.
 */
export function checkMeasures(
  measures: readonly MeasureDefinition[],
  columns: MeasurableColumns,
  checking: Checking,
): void {
  checkIds(measures, checking);
  for (const measure of measures) {
    checkGroups(measure, checking);
    checkNumbers(measure, columns, checking);
  }
  checkNames(measures, columns, checking);
}

function checkIds(measures: readonly MeasureDefinition[], checking: Checking): void {
  const { study } = checking;
  for (const { id, place } of measures) {
    const fault = fileNameFault(id);
    if (fault !== null) checking.report(problem("measure-id", { study, id, fault }, place));
  }
  for (const { id, place } of measuresOfOneFile(measures)) {
    checking.report(problem("measure-duplicate", { study, id }, place));
  }
}

function checkGroups(measure: MeasureDefinition, checking: Checking): void {
  const { id, group_by: groups, place } = measure;
  if (groups === null || (groups.length === 1 && groups[0] === "population")) return;
  const facts = { study: checking.study, id };
  for (const role of ["denominator", "numerator"] as const) {
    const column = measure[role];
    if (!groups.includes(column)) continue;
    checking.report(problem("measure-column-in-groups", { ...facts, column, role }, place));
    return;
  }
  const repeated = groups.find((column, i) => groups.indexOf(column) !== i);
  if (repeated === undefined) return;
  checking.report(problem("measure-group-repeated", { ...facts, column: repeated }, place));
}

/** Of a hidden column nothing is known: one of its name in the files comes from elsewhere. */
function checkNumbers(
  measure: MeasureDefinition,
  { typed }: MeasurableColumns,
  checking: Checking,
): void {
  for (const role of ["numerator", "denominator"] as const) {
    const column = measure[role];
    const { type, draft } = typed.get(column) ?? {};
    if (draft?.hidden === true || (type !== "str" && type !== "date")) continue;
    const facts = { study: checking.study, id: measure.id, column, role, type };
    checking.report(problem("measure-not-a-number", facts, measure.place));
  }
}

/** Each wrong name once, however many measures use it. */
function checkNames(
  measures: readonly MeasureDefinition[],
  { drafts }: MeasurableColumns,
  checking: Checking,
): void {
  const hidden = new Set(drafts.filter((draft) => draft.hidden).map(({ name }) => name));
  const visible = drafts.map(({ name }) => name).filter((name) => !hidden.has(name));
  for (const [column, users] of usersOfUnmarked(measures, new Set(visible))) {
    const place = users[0]?.place;
    const facts = { study: checking.study, column, measures: users.map(({ id }) => id) };
    if (hidden.has(column)) checking.warn(problem("measure-hidden-column", facts, place));
    else {
      const nearest = nearestNames(column, [...visible, "population"]);
      checking.report(problem("measure-unknown-column", { ...facts, nearest }, place));
    }
  }
}

function usersOfUnmarked(
  measures: readonly MeasureDefinition[],
  visible: ReadonlySet<string>,
): ReadonlyMap<string, readonly MeasureDefinition[]> {
  const users = new Map<string, MeasureDefinition[]>();
  for (const measure of measures) {
    const { numerator, denominator, group_by: groups, from_file: marked = [] } = measure;
    for (const column of new Set([numerator, denominator, ...(groups ?? [])])) {
      const isKnown = column === "population" || visible.has(column) || marked.includes(column);
      if (!isKnown) users.set(column, [...(users.get(column) ?? []), measure]);
    }
  }
  return users;
}
