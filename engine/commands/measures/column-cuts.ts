/** Which columns of a study cut the answers to one question, and how: age bands of two widths, and names for the same. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { ColumnCut, ColumnCuts } from "../../measures/column-cut.ts";
import { complementOf, intersectionOf, isEmptySet, unionOf } from "../../measures/value-set.ts";
import type { ValueSet } from "../../measures/value-set.ts";
import { fingerprintOf } from "../manifest/fingerprint.ts";
import { columnSources } from "./column-sources.ts";
import { holdingAnswers } from "./condition-answers.ts";
import type { Answers, AnswersOfValue, Holding } from "./condition-answers.ts";

/** Of the columns named, those that the study defines. */
export function columnCuts({
  columns,
}: Pick<CheckedStudy, "columns">): (names: readonly string[]) => ColumnCuts {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const bases = new Map<string, string>();
  const found = new Map<string, Answers>();
  // A list of codes can be long: only what groups are made of is looked at.
  const look = (column: CheckedColumn): Answers => {
    const known = found.get(column.name);
    if (known !== undefined) return known;
    for (const name of column.reads) {
      const read = byName.get(name);
      if (read !== undefined) look(read);
    }
    const base = baseOf(column, bases);
    const answers = answersOf(column, found, base);
    bases.set(column.name, base);
    found.set(column.name, answers);
    return answers;
  };
  return (names) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const column = byName.get(name);
        if (column === undefined) return [];
        return [[name, cutOf(look(column), columnSources(column, byName, bases))] as const];
      }),
    );
}

function cutOf(
  { question, base, kind, values }: Answers,
  sources: ColumnCut["sources"],
): ColumnCut {
  const labels = values?.map(({ value, of }) => ({ label: String(value), values: of })) ?? null;
  return { base, name: question.name, answers: kind, labels, sources };
}

/** How a column is called, is drawn and where it stands changes no answer. */
function baseOf(column: CheckedColumn, bases: ReadonlyMap<string, string>): string {
  const { function: how, args, dates, period, type, dateFormat } = column;
  const rules = column.rules ?? null;
  const given = Object.entries(args).filter(([name]) => !NOT_ASKED.has(name));
  const asked = { how, type, dateFormat, rules, dates, period, args: Object.fromEntries(given) };
  // Who is drawn depends on the name.
  const salt = how === "random_sample" ? column.name : null;
  const reads = column.reads.map((name) => bases.get(name) ?? name);
  return fingerprintOf([withBases(asked, new Set(column.reads), bases), reads, salt]).slice(0, 16);
}

/** Authors' words, which stand in rules and in columns of their own as well, and what is drawn. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  ...["return_expectations", "extra_columns", "expression", "category_definitions"],
]);

/** With what they ask for instead of the names of columns. */
function withBases(
  held: unknown,
  reads: ReadonlySet<string>,
  bases: ReadonlyMap<string, string>,
): unknown {
  if (typeof held === "string") return reads.has(held) ? (bases.get(held) ?? held) : held;
  if (typeof held !== "object" || held === null) return held;
  if (Array.isArray(held)) return held.map((each: unknown) => withBases(each, reads, bases));
  return Object.fromEntries(
    Object.entries(held).map(([key, each]) => [key, withBases(each, reads, bases)]),
  );
}

/** Of a column whose conditions are not understood it is itself the question. */
function answersOf(
  column: CheckedColumn,
  found: ReadonlyMap<string, Answers>,
  base: string,
): Answers {
  const kind = column.type === "str" || column.type === "date" ? "text" : wholeOrNot(column);
  const own: Answers = { question: column, base, kind, values: null };
  if (column.function !== "categorised_as" && column.function !== "satisfying") return own;
  return categories(column.rules ?? [], found) ?? own;
}

function wholeOrNot({ type }: CheckedColumn): ColumnCut["answers"] {
  return type === "float" ? "number" : "whole";
}

/** The first rule that holds decides; the rest is the default's, wherever it stands. */
function categories(
  rules: NonNullable<CheckedColumn["rules"]>,
  found: ReadonlyMap<string, Answers>,
): Answers | null {
  const holdings: { readonly value: number | string; readonly holding: Holding | boolean }[] = [];
  for (const { value, when } of rules) {
    if (when === null) continue;
    const holding = holdingAnswers(when, (name) => found.get(name) ?? null);
    if (holding === null) return null;
    holdings.push({ value, holding });
  }
  const asked = holdings.flatMap(({ holding }) => (typeof holding === "boolean" ? [] : [holding]));
  const [first] = asked;
  const otherwise = rules.find(({ when }) => when === null);
  if (first === undefined || otherwise === undefined) return null;
  if (asked.some(({ of }) => of.base !== first.of.base)) return null;
  let left = unionOf(first.set, complementOf(first.set));
  const values: AnswersOfValue[] = [];
  for (const { value, holding } of holdings) {
    if (holding === false) continue;
    const own = holding === true ? left : intersectionOf(left, holding.set);
    values.push({ value, of: own });
    left = intersectionOf(left, complementOf(own));
  }
  values.push({ value: otherwise.value, of: left });
  const { question, base, kind } = first.of;
  return { question, base, kind, values: together(values) };
}

/** A value that several rules give is one. */
function together(all: readonly AnswersOfValue[]): readonly AnswersOfValue[] {
  const sets = new Map<number | string, ValueSet>();
  for (const { value, of } of all) {
    const before = sets.get(value);
    sets.set(value, before === undefined ? of : unionOf(before, of));
  }
  return [...sets].filter(([, of]) => !isEmptySet(of)).map(([value, of]) => ({ value, of }));
}
