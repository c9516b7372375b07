/** In which rows a condition of the study holds, worked out from the columns that it reads. */
import { unreachable } from "../../../base/problems.ts";
import { fail } from "../../problems.ts";
import type { CheckedColumn } from "../../../definition/checked-study.ts";
import type { Condition, Operand } from "../../../definition/conditions/condition.ts";
import { emptyNumber, emptyText } from "../../../definition/empty-value.ts";
import type { ColumnValues } from "../../../table/cohort-schema.ts";
import { comparedRows, everywhere, calculatedRows } from "./row-numbers.ts";
import type { RowNumbers } from "./row-numbers.ts";
import { asRanks, foldedWords, sameText, shownDates } from "./row-texts.ts";
import type { RowTexts } from "./row-texts.ts";

/** A column as conditions see it. */
export interface Term {
  readonly column: CheckedColumn;
  readonly values: ColumnValues;
}

export interface Scope {
  /** Whose condition it is. */
  readonly owner: CheckedColumn;
  readonly termOf: (name: string) => Term;
}

/**
 * 1 for those rows of `among` in which the condition holds. Nothing is missing here: the empty value of a
 * type stands for it, as it does in a cohort. What is decided already is not looked at, so that
 * `n > 0 AND total / n > 2` never divides by 0. Problem: division-by-zero.
 * test/property/derived-dummy-data holds it against the oracle.
 */
export function holdingRows(condition: Condition, among: Uint8Array, scope: Scope): Uint8Array {
  switch (condition.kind) {
    case "all":
      return condition.of.reduce((left, each) => holdingRows(each, left, scope), among);
    case "any":
      return without(
        among,
        condition.of.reduce((left, each) => without(left, holdingRows(each, left, scope)), among),
      );
    case "not":
      return without(among, holdingRows(condition.of, among, scope));
    case "is-set":
      return setRows(scope.termOf(condition.name), among);
    case "compare": {
      const { left, operator, right } = condition;
      const [a, b] = comparable(operand(left, among, scope), operand(right, among, scope));
      return comparedRows(a, operator, b, among);
    }
    default:
      return unreachable(condition);
  }
}

function without(rows: Uint8Array, taken: Uint8Array): Uint8Array {
  const left = new Uint8Array(rows.length);
  for (let row = 0; row < left.length; row++) left[row] = (rows[row] ?? 0) & ~(taken[row] ?? 0);
  return left;
}

/** Its value differs from the empty one. */
function setRows(term: Term, among: Uint8Array): Uint8Array {
  const value = valueOf(term);
  if ("values" in value) {
    return comparedRows(value, "!=", everywhere(emptyNumber(term.column), true), among);
  }
  const isNot = (text: string, rows: Uint8Array): Uint8Array => {
    const [a, b] = asRanks(value, sameText(text));
    return comparedRows(a, "!=", b, rows);
  };
  const filled = isNot("", among);
  const empty = emptyText(term.column);
  return empty === "" ? filled : isNot(empty, filled);
}

type RowValues = RowNumbers | RowTexts;

function operand(of: Operand, among: Uint8Array, scope: Scope): RowValues {
  switch (of.kind) {
    case "column":
      return valueOf(scope.termOf(of.name));
    case "number":
      return everywhere(of.value, of.integer);
    case "text":
      return sameText(of.value);
    case "arithmetic": {
      const left = numbersOf(operand(of.left, among, scope));
      const right = numbersOf(operand(of.right, among, scope));
      const { name: column, place } = scope.owner;
      return (
        calculatedRows(left, of.operator, right, among) ??
        fail("division-by-zero", { column }, place)
      );
    }
    default:
      return unreachable(of);
  }
}

function valueOf({ column, values }: Term): RowValues {
  switch (values.type) {
    case "bool":
    case "int":
      return { values: values.values, step: 1, whole: true };
    case "float":
      return { values: values.values, step: 1, whole: false };
    case "str":
      return foldedWords(values.codes, values.values);
    case "date":
      return shownDates(values.values, column.dateFormat ?? "YYYY-MM-DD");
    default:
      return unreachable(values);
  }
}

/** Checked conditions compare numbers with numbers and texts with texts. */
function comparable(left: RowValues, right: RowValues): readonly [RowNumbers, RowNumbers] {
  if ("words" in left && "words" in right) return asRanks(left, right);
  return [numbersOf(left), numbersOf(right)];
}

function numbersOf(value: RowValues): RowNumbers {
  if ("values" in value) return value;
  throw new Error("a text among numbers");
}
