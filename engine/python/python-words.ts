/** Problems of all studies, said in the names that an author in Python writes. */
import type { Problem } from "../base/problems.ts";
import { functionTable } from "../definition/function-table.ts";
import type { FunctionShape } from "../definition/functions/shape.ts";

/** Names beside those of functions and arguments. */
const others = [
  ...["default_expectations", "index_date", "group_by", "small_number_suppression"],
  ...["codelist_from_csv", "combine_codelists", "filter_codes_by_category"],
];

/** Ways out that show a piece of a study. */
const pieces: readonly (readonly [typescript: RegExp, python: string])[] = [
  [/(?:export )?const measures = \[.*?\];?/g, "measures = [Measure(…), …]"],
  [/export default study\(\{.*?\}\);?/g, "study = StudyDefinition(…)"],
  [/write param\((".*?"), "…"\)/g, 'write params.get($1, "…")'],
  [/patients\.satisfying\("age >= 18", …\)/g, 'patients.satisfying("age >= 18", …)'],
];

/** The problem with `returnExpectations` as `return_expectations`, and so on. */
export function inPythonWords(told: Problem): Problem {
  return { ...told, message: translated(told.message), hint: translated(told.hint) };
}

let names: ReadonlyMap<string, string> | undefined;

function translated(text: string): string {
  names ??= namesByTypeScript();
  const known = names;
  const words = text.replace(/\b[a-z]+(?:[A-Z][a-z0-9]*)+\b/g, (word) => known.get(word) ?? word);
  return pieces.reduce((before, [typescript, python]) => before.replace(typescript, python), words);
}

/** By the name that studies in TypeScript have for the same. */
function namesByTypeScript(): ReadonlyMap<string, string> {
  const shapes: Readonly<Record<string, FunctionShape>> = functionTable;
  const args = Object.values(shapes).flatMap(({ args: table }) => Object.keys(table));
  const all = [...Object.keys(shapes), ...args, ...others];
  return new Map(all.map((name) => [camelCase(name), name]));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
