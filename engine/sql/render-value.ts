/** Values and tests of the query model as SQL expressions. */
import { unreachable } from "../base/problems.ts";
import { dayAt } from "../plan/passes/index-days.ts";
import type { ComparedAs, Test, Value } from "../plan/model/value.ts";
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { codesOf, renderInCodelist } from "./render-in-codelist.ts";
import type { FromIndexDate, Scope } from "./scope.ts";

/** What the message of a run that stops begins with, and what stopped it. */
const DIVISION = "cohortline stops: division by zero: ";

/** What a run that stops itself for a column of the study says in the error of the database. */
export function divisionByZero(column: string): string {
  return `${DIVISION}${column}`;
}

/** The column in such an error; null for one of any other origin. */
export function dividedByZero(message: string): string | null {
  const at = message.indexOf(DIVISION);
  return at < 0 ? null : (message.slice(at + DIVISION.length).split("\n")[0] ?? "");
}

/** As every dialect writes them. */
const OPERATORS = {
  "=": sql`=`,
  "!=": sql`<>`,
  "<": sql`<`,
  "<=": sql`<=`,
  ">": sql`>`,
  ">=": sql`>=`,
  "+": sql`+`,
  "-": sql`-`,
  "*": sql`*`,
} as const;

export function renderValue(value: Value, scope: Scope): Sql {
  const { dialect } = scope;
  const of = (inner: Value): Sql => renderValue(inner, scope);
  switch (value.kind) {
    case "field":
      return scope.field(value.name);
    case "patient":
      return scope.patient(value.name);
    case "summary":
      return scope.summary(value.id, value.take);
    case "column":
      return scope.column(value.name);
    case "integer":
      return dialect.integer(value.value);
    case "float":
      return dialect.float(value.value);
    case "text":
      return dialect.text(value.value);
    case "day":
      return dialect.day(value.value);
    case "from-index-date":
      return renderIndexDate(value, scope);
    case "shifted":
      return dialect.shiftDate(of(value.of), value);
    case "arithmetic":
      return renderArithmetic(value, scope);
    case "rounded":
      return dialect.rounded(of(value.of), value.digits);
    case "completed-years":
      return dialect.completedYears(of(value.from), of(value.to));
    case "year":
      return dialect.year(of(value.of));
    case "day-of":
      return dialect.dayOf(of(value.of));
    case "decimal":
      return dialect.decimal(of(value.of));
    case "choose":
      return renderChoice(value, scope);
    case "coalesce":
      return sql`coalesce(${of(value.of)}, ${of(value.otherwise)})`;
    case "extreme":
      return dialect.extreme(value.take, value.of.map(of));
    case "later":
      return renderLater(value.of.map(of));
    case "shown-date":
      return dialect.shownDate(of(value.of), value.format);
    case "patient-hash":
      return dialect.lot(scope.patientId, value.salt);
    case "category":
      return renderCategory(value, scope);
    default:
      return unreachable(value);
  }
}

export function renderTest(test: Test, scope: Scope): Sql {
  const of = (inner: Test): Sql => renderTest(inner, scope);
  switch (test.kind) {
    case "compare":
      return renderComparison(test, scope);
    case "is-present":
      return sql`${renderValue(test.of, scope)} IS NOT NULL`;
    case "all":
      return test.of.length === 0 ? sql`1 = 1` : sql`(${joinSql(test.of.map(of), " AND ")})`;
    case "any":
      return test.of.length === 0 ? sql`1 = 0` : sql`(${joinSql(test.of.map(of), " OR ")})`;
    case "not":
      return sql`(NOT ${of(test.of)})`;
    case "is-true":
      return scope.dialect.isTrue(renderValue(test.of, scope));
    case "in-codelist":
      return renderInCodelist(test, renderValue(test.of, scope), scope);
    default:
      return unreachable(test);
  }
}

function renderComparison(test: Extract<Test, { kind: "compare" }>, scope: Scope): Sql {
  const side = (of: Value): Sql => comparable(renderValue(of, scope), test.as, scope);
  const [left, right] = [side(test.left), side(test.right)];
  return sql`(${left} ${OPERATORS[test.operator]} ${right})`;
}

function comparable(of: Sql, as: ComparedAs, { dialect }: Scope): Sql {
  return as === "folded" ? dialect.fold(of) : of;
}

function renderArithmetic(value: Extract<Value, { kind: "arithmetic" }>, scope: Scope): Sql {
  const { dialect, place } = scope;
  const [left, right] = [renderValue(value.left, scope), renderValue(value.right, scope)];
  if (value.operator !== "/") return sql`(${left} ${OPERATORS[value.operator]} ${right})`;
  const quotient = value.integer
    ? dialect.integerQuotient(left, right)
    : dialect.floatQuotient(left, right);
  const { right: divisor } = value;
  const isNumber = divisor.kind === "integer" || divisor.kind === "float";
  if (isNumber && divisor.value !== 0) return quotient;
  return dialect.orStop(quotient, right, divisionByZero(place));
}

function renderChoice(value: Extract<Value, { kind: "choose" }>, scope: Scope): Sql {
  const otherwise = value.otherwise === null ? sql`NULL` : renderValue(value.otherwise, scope);
  // With a default alone there is nothing to choose.
  if (value.cases.length === 0) return otherwise;
  const cases = value.cases.map(
    ({ when, then }) => sql`WHEN ${renderTest(when, scope)} THEN ${renderValue(then, scope)}`,
  );
  return sql`CASE ${joinSql(cases, " ")} ELSE ${otherwise} END`;
}

function renderLater([left = sql`NULL`, right = sql`NULL`]: readonly Sql[]): Sql {
  return sql`CASE WHEN ${left} >= ${right} THEN ${left} WHEN ${left} < ${right} THEN ${right} END`;
}

function renderIndexDate(value: FromIndexDate, { dialect, indexDate }: Scope): Sql {
  const { days, number } = indexDate;
  const shown = days.map((day) => dayAt(value, day));
  const [only] = shown;
  if (only === undefined) throw new Error("no index date here");
  if (number === null || new Set(shown).size === 1) return dialect.day(only);
  return dialect.dayOfNumber(shown, number);
}

/** Looked up for the rows that were chosen, so once for a patient. */
function renderCategory(value: Extract<Value, { kind: "category" }>, scope: Scope): Sql {
  const { dialect } = scope;
  const code = renderValue(value.of, scope);
  const codelist = scope.codelist(value.codelist);
  const compared = codelist.folded ? dialect.fold(code) : code;
  return dialect.categoryOf(compared, codesOf(codelist, dialect));
}
