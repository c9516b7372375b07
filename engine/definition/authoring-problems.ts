/** Problems of writing a study: what the functions that authors import can see at once. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

export interface InCall {
  /** As the author calls it: `patients.sex`, `study`. */
  readonly function: string;
}

/** Where in a study's JSON, as `columns.age.args.date`. */
export interface InJson {
  readonly where: string;
}

export const authoringProblems = {
  "unknown-option": kind<InCall & { readonly option: string; readonly nearest: readonly string[] }>(
    1,
    (facts) => `${facts.function} has no option ${JSON.stringify(facts.option)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "options-not-an-object": kind<InCall & { readonly found: string }>(
    1,
    (facts) => `${facts.function} was given ${facts.found} for its options`,
    () => "Write the options last, in braces: { returning: … }.",
  ),
  "options-too-early": kind<
    InCall & { readonly argument: string; readonly required: readonly string[] }
  >(
    1,
    (facts) =>
      `${facts.function} was given its options where ${JSON.stringify(facts.argument)} belongs`,
    (facts) =>
      `Its arguments are ${facts.function}(${[...facts.required, "{ options }"].join(", ")}).`,
  ),
  "value-not-plain": kind<InCall & { readonly argument: string; readonly found: string }>(
    1,
    (facts) =>
      `${facts.function}: ${JSON.stringify(facts.argument)} holds ${facts.found}, which a study cannot carry`,
    () =>
      'Use text, numbers, true or false, null, lists and plain objects of these. A date is text: "2020-03-01".',
  ),
  "value-wrong": kind<
    InCall & {
      readonly argument: string;
      readonly expected: string;
      readonly found: string;
      readonly wayOut: string;
    }
  >(
    1,
    (facts) =>
      `${facts.function}: ${JSON.stringify(facts.argument)} must be ${facts.expected}, not ${facts.found}`,
    ({ wayOut }) => wayOut,
  ),
  "categories-order": kind<InCall & { readonly argument: string; readonly key: string }>(
    1,
    (facts) =>
      `${facts.function}: the category ${JSON.stringify(facts.key)} of ${JSON.stringify(facts.argument)} is the key of an object, where a number becomes text and changes place`,
    ({ key }) => `Write pairs, the first that holds wins: [[${key}, "…"], […, "DEFAULT"]].`,
  ),
  "categories-not-pairs": kind<InCall & { readonly argument: string; readonly fault: string }>(
    1,
    (facts) =>
      `${facts.function}: ${JSON.stringify(facts.argument)} is not a list of pairs of a value and an expression${facts.fault}`,
    () => 'Write [["young", "age < 40"], ["old", "DEFAULT"]].',
  ),
  "unknown-dummy-data": kind<InCall & { readonly found: string }>(
    1,
    ({ function: name, found }) =>
      `${name}: "dummyData" must be "derived" or "independent", not ${found}`,
    () =>
      'Write dummyData: "derived" to have columns that follow from others worked out from them, or leave it out.',
  ),
  "not-a-column": kind<
    InCall & {
      readonly argument: string;
      readonly found: string;
      readonly needed: "a column" | "an object of columns";
    }
  >(
    1,
    (facts) =>
      `${facts.function}: ${JSON.stringify(facts.argument)} is ${facts.found}, not ${facts.needed}`,
    () => 'Columns are made by patients.…: { age: patients.ageAsOf("index_date") }.',
  ),
  "column-name-is-a-number": kind<InCall & { readonly name: string }>(
    1,
    (facts) =>
      `${facts.function}: a column cannot be called ${JSON.stringify(facts.name)}, since numbers among names change place`,
    ({ name }) => `Begin its name with a letter: "x${name}".`,
  ),
  "forbidden-name": kind<InJson & { readonly name: string }>(
    1,
    ({ where, name }) => `${where}: ${JSON.stringify(name)} cannot be used as a name`,
    () => "The language that studies are written in keeps this name for itself.",
  ),
  "missing-param": kind<{ readonly name: string }>(
    1,
    ({ name }) => `The study needs the parameter ${JSON.stringify(name)}, which was not given`,
    ({ name }) =>
      `Run it with --param ${name}=VALUE, or write param(${JSON.stringify(name)}, "…").`,
  ),
  "study-not-exported": kind<{
    readonly exported: readonly string[];
    readonly found: string | null;
  }>(
    1,
    ({ exported, found }) =>
      found === null
        ? `The file exports no study, only ${exported.length === 0 ? "nothing" : quotedList(exported)}`
        : `The file's ${JSON.stringify(exported[0] ?? "")} export is ${found}, not a study`,
    () => "Write: export default study({ population: …, columns: { … } });",
  ),
  "measures-not-exported": kind<{ readonly found: string }>(
    1,
    ({ found }) => `The file's "measures" export holds ${found}`,
    () => "Write: export const measures = [measure(study, { … })];",
  ),
  "unknown-function": kind<
    InJson & { readonly function: string; readonly nearest: readonly string[] }
  >(
    1,
    (facts) => `${facts.where}: there is no function ${JSON.stringify(facts.function)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "unknown-argument": kind<
    InJson & {
      readonly function: string;
      readonly argument: string;
      readonly nearest: readonly string[];
    }
  >(
    1,
    (facts) =>
      `${facts.where}: ${facts.function} has no argument ${JSON.stringify(facts.argument)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "study-json-shape": kind<InJson & { readonly expected: string; readonly found: string }>(
    1,
    ({ where, expected, found }) => `${where} must be ${expected}, not ${found}`,
  ),
  "study-json-key": kind<
    InJson & {
      readonly key: string;
      readonly problem: "missing" | "unknown";
      readonly nearest: readonly string[];
    }
  >(
    1,
    ({ where, key, problem }) =>
      problem === "missing"
        ? `${where} lacks ${JSON.stringify(key)}`
        : `${where} has an unknown key ${JSON.stringify(key)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "study-json-size": kind<InJson & { readonly limit: string }>(
    1,
    ({ where, limit }) => `${where} is too large: ${limit}`,
  ),
  "column-order": kind<InJson & { readonly name: string; readonly fault: string }>(
    1,
    ({ where, name, fault }) => `${where}: ${JSON.stringify(name)} ${fault}`,
    () => "Name every column once.",
  ),
} as const;
