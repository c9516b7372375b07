/** A study as a kind of database answers it: a few columns hold another type there. */
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import { checkCondition } from "../../definition/conditions/check-condition.ts";
import type { Provider } from "../../schema/provision.ts";
import { problem } from "../problems.ts";

/** Conditions that read such a column compare it as that type. Problem: practice-not-a-number. */
export function studyFor(study: CheckedStudy, provider: Provider): CheckedStudy {
  if (provider.meaning.practices === "numbers") return study;
  const codes = new Set<string>();
  const problems: Problem[] = [];
  const columns = study.columns.map((column) => {
    const typed = withType(column, codes);
    if (typed !== column) codes.add(column.name);
    return typed;
  });
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const aligned = columns.map((column) => {
    if (!column.reads.some((name) => codes.has(name))) return column;
    const { column: own, wrong } = withComparisons(column, types, codes);
    const facts = { study: study.name, column: column.name, provider: provider.described };
    for (const what of wrong)
      problems.push(problem("practice-not-a-number", { ...facts, what }, column.place));
    return own;
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return { ...study, columns: aligned };
}

/** What tells practices apart is a code, and so is the least or greatest of such codes. */
function withType(column: CheckedColumn, codes: ReadonlySet<string>): CheckedColumn {
  const isCode =
    column.function === "registered_practice_as_of" && column.args.returning === "pseudo_id";
  const sources = sourcesOf(column);
  const isOfCodes = sources.length > 0 && sources.every((name) => codes.has(name));
  return isCode || isOfCodes ? { ...column, type: "str" } : column;
}

function sourcesOf(column: CheckedColumn): readonly string[] {
  const isExtreme = column.function === "minimum_of" || column.function === "maximum_of";
  return isExtreme ? (column.args.column_names ?? []) : [];
}

function withComparisons(
  column: CheckedColumn,
  types: ReadonlyMap<string, CheckedColumn["type"]>,
  codes: ReadonlySet<string>,
): { readonly column: CheckedColumn; readonly wrong: readonly string[] } {
  const sources = sourcesOf(column);
  const apart = sources.filter((name) => !codes.has(name));
  if (apart.length > 0 && apart.length < sources.length)
    return { column, wrong: [`It compares ${sources.join(", ")}`] };
  const wrong: string[] = [];
  const rules = column.rules?.map((rule) => {
    if (rule.when === null) return rule;
    const typeOf = (name: string) => types.get(name);
    const { condition, problems } = checkCondition(rule.when, typeOf, types.keys());
    wrong.push(...problems.map(({ message }) => message));
    return { ...rule, when: condition };
  });
  return { column: rules === undefined ? column : { ...column, rules }, wrong };
}
