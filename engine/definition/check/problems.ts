/** Problems of a study definition as a whole: names, arguments, types, order, measures. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList, someMeasures, spoken } from "../../base/wording.ts";

/** Which column of which study; every problem of a column knows both. */
export interface InColumn {
  readonly study: string;
  readonly column: string;
}

export interface InPeriod extends InColumn {
  readonly from: string;
  readonly to: string;
}

const column = ({ study, column: name }: InColumn): string =>
  `Column ${JSON.stringify(name)} of study ${JSON.stringify(study)}`;

export const checkProblems = {
  "reserved-column-name": kind<InColumn>(
    1,
    (facts) => `${column(facts)} has a name that the study itself uses`,
    () =>
      `Choose another name than "population", "patient_id", "index_date", "default_expectations".`,
  ),
  "duplicate-column": kind<InColumn & { readonly origin: string }>(
    1,
    (facts) => `${column(facts)} is defined twice: ${facts.origin}`,
    () =>
      "All columns of a study share one set of names, hidden ones and those of the population too.",
  ),
  /** Warning only. */
  "implied-column-replaced": kind<InColumn & { readonly flagged: string }>(
    1,
    (facts) =>
      `${column(facts)} is implied by the date flag of ${JSON.stringify(facts.flagged)} and defined again: the definition counts`,
    ({ flagged }) =>
      `Take includeDateOfMatch or includeMeasurementDate away from ${JSON.stringify(flagged)}.`,
  ),
  "argument-missing": kind<
    InColumn & {
      readonly function: string;
      readonly argument: string;
      /** Those that are given by position, in order. */
      readonly required: readonly string[];
      readonly choices: string;
    }
  >(
    1,
    (facts) =>
      `${column(facts)}: ${spoken(facts.function)} needs ${JSON.stringify(spoken(facts.argument))}`,
    (facts) =>
      [
        `Its arguments are patients.${spoken(facts.function)}(${[...facts.required.map(spoken), "{ options }"].join(", ")}).`,
        facts.choices,
      ]
        .filter((text) => text !== "")
        .join(" "),
  ),
  "argument-wrong": kind<
    InColumn & {
      readonly function: string;
      readonly argument: string;
      readonly expected: string;
      readonly found: string;
      /** Where it stands among the arguments, from 1; null for an option. */
      readonly position: number | null;
    }
  >(
    1,
    (facts) =>
      `${column(facts)}: ${JSON.stringify(spoken(facts.argument))} of ${spoken(facts.function)} must be ${facts.expected}, not ${facts.found}`,
    (facts) =>
      facts.position === null
        ? `It is one of the options of patients.${spoken(facts.function)}.`
        : `It is argument ${facts.position} of patients.${spoken(facts.function)}.`,
  ),
  "unsupported-choice": kind<
    InColumn & {
      readonly function: string;
      readonly argument: string;
      readonly value: string;
      readonly choices: readonly string[];
      readonly nearest: readonly string[];
    }
  >(
    1,
    (facts) =>
      `${column(facts)}: ${spoken(facts.function)} does not know ${spoken(facts.argument)} ${JSON.stringify(facts.value)}`,
    ({ choices, nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}It takes ${quotedList(choices)}.`,
  ),
  "options-conflict": kind<InColumn & { readonly sentence: string; readonly wayOut: string }>(
    1,
    (facts) => `${column(facts)}: ${facts.sentence}`,
    ({ wayOut }) => wayOut,
  ),
  "function-not-available": kind<InColumn & { readonly function: string; readonly wayOut: string }>(
    1,
    (facts) => `${column(facts)}: no database can answer ${spoken(facts.function)}`,
    ({ wayOut }) => wayOut,
  ),
  "codelist-system": kind<
    InColumn & {
      readonly argument: string;
      readonly system: string;
      readonly allowed: readonly string[];
    }
  >(
    1,
    (facts) =>
      `${column(facts)}: the codelist in ${JSON.stringify(spoken(facts.argument))} is of system ${JSON.stringify(facts.system)}`,
    ({ allowed }) => `Here codes must be of ${allowed.join(" or ")}.`,
  ),
  "codelist-categories": kind<InColumn & { readonly argument: string }>(
    1,
    (facts) =>
      `${column(facts)}: the codelist in ${JSON.stringify(spoken(facts.argument))} has no categories`,
    () => 'Load it with a category column, or use returning "code".',
  ),
  "column-cycle": kind<{ readonly study: string; readonly cycle: readonly string[] }>(
    1,
    ({ study, cycle }) =>
      `Columns of study ${JSON.stringify(study)} are defined in a cycle: ${cycle.join(" → ")}`,
    () => 'Each arrow means "needs"; break one of them.',
  ),
  "unknown-source": kind<
    InColumn & { readonly source: string; readonly nearest: readonly string[] }
  >(
    1,
    (facts) =>
      `${column(facts)} takes values from ${JSON.stringify(facts.source)}, which is not defined`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "unsuitable-source": kind<InColumn & { readonly source: string; readonly sentence: string }>(
    1,
    (facts) =>
      `${column(facts)} cannot be taken from ${JSON.stringify(facts.source)}: ${facts.sentence}`,
  ),
  "date-too-coarse": kind<InColumn & { readonly source: string }>(
    1,
    (facts) =>
      `${column(facts)} is relative to the date of ${JSON.stringify(facts.source)}, of which only the year is kept`,
    ({ source }) => `Give ${JSON.stringify(source)} a date format "YYYY-MM-DD" or "YYYY-MM".`,
  ),
  "date-of-not-a-date": kind<InColumn & { readonly source: string; readonly type: string }>(
    1,
    (facts) =>
      `${column(facts)} is relative to ${JSON.stringify(facts.source)}, which is of type ${facts.type}, not a date`,
  ),
  "no-sources": kind<InColumn & { readonly function: string }>(
    1,
    (facts) => `${column(facts)}: ${spoken(facts.function)} names no column to choose from`,
  ),
  "mixed-source-types": kind<InColumn & { readonly types: string }>(
    1,
    (facts) => `${column(facts)} compares columns of different type: ${facts.types}`,
    () => "All columns of minimum_of and maximum_of must be of one type; int and float differ.",
  ),
  "mixed-date-formats": kind<
    InColumn & {
      readonly word: "MIN" | "MAX";
      readonly other: readonly [name: string, format: string];
      readonly first: readonly [name: string, format: string];
    }
  >(
    1,
    ({ word, other, first, ...facts }) =>
      `${column(facts)}: cannot calculate ${word} over dates of different format: ` +
      `'${other[0]}' has format '${other[1]}' and '${first[0]}' has '${first[1]}'`,
    () => "Give all of them the same date format.",
  ),
  "category-default-count": kind<InColumn & { readonly count: number }>(
    1,
    (facts) =>
      `${column(facts)} has ${facts.count === 0 ? "no" : String(facts.count)} "DEFAULT" among its categories`,
    () =>
      'Exactly one category must have "DEFAULT" for its expression: patients whom no other fits.',
  ),
  "category-types": kind<InColumn & { readonly sentence: string }>(
    1,
    (facts) => `${column(facts)}: ${facts.sentence}`,
    () =>
      'All categories must be whole numbers, or all decimals, or all text, or all dates "YYYY-MM-DD". For yes and no use 1 and 0.',
  ),
  /** Warning only. */
  "category-formula": kind<InColumn & { readonly names: readonly string[] }>(
    1,
    ({ names, ...facts }) =>
      `${column(facts)} has categories that a spreadsheet runs as formulas: ${quotedList(names.slice(0, 3))}${names.length > 3 ? ", …" : ""}`,
    () =>
      "Begin the names with a letter or a digit: whoever opens the files with a spreadsheet would run them.",
  ),
  "population-type": kind<{ readonly study: string; readonly type: string }>(
    1,
    ({ study, type }) =>
      `The population of study ${JSON.stringify(study)} is of type ${type}; it must say yes or no for each patient`,
    () => 'Write a condition: patients.satisfying("age >= 18", …).',
  ),
  "period-reversed": kind<InPeriod>(
    1,
    (facts) =>
      `${column(facts)}: the period from ${facts.from} to ${facts.to} ends before it starts`,
    ({ from, to }) => `Nothing can match in it. Write the earlier day first: ${to}, ${from}.`,
  ),
  /** Warning only. */
  "period-never": kind<InPeriod>(
    1,
    (facts) =>
      `${column(facts)}: the period from ${facts.from} to ${facts.to} ends before it starts at every index date`,
    () => "Nothing can match in it. Write the earlier end first.",
  ),
  "bad-index-date": kind<{
    readonly study: string;
    readonly value: string;
    readonly wayOut: string;
  }>(
    1,
    ({ study, value }) =>
      `The index date of study ${JSON.stringify(study)}, ${JSON.stringify(value.slice(0, 80))}, is not an existing day YYYY-MM-DD`,
    ({ wayOut }) => wayOut,
  ),
  "measure-id": kind<{ readonly study: string; readonly id: string; readonly fault: string }>(
    1,
    ({ study, id, fault }) =>
      `Measure ${JSON.stringify(id.slice(0, 80))} of study ${JSON.stringify(study)} has an id that cannot be a file name everywhere: it ${fault}`,
    () =>
      'An id is part of file names on Linux, macOS and Windows: leave out / \\ : * ? " < > |, control and invisible characters, ' +
      "a dot at the end, blanks at either end, and names like con, nul and com1.",
  ),
  "measure-duplicate": kind<{ readonly study: string; readonly id: string }>(
    1,
    ({ study, id }) =>
      `Study ${JSON.stringify(study)} has two measures that would write the same file measure_${id}.csv`,
    () =>
      "Give each measure an id of its own, also apart from letter case and an ending like _2020-01-01.",
  ),
  "measure-column-in-groups": kind<{
    readonly study: string;
    readonly id: string;
    readonly column: string;
    readonly role: "numerator" | "denominator";
  }>(
    1,
    ({ id, column: name, role, study }) =>
      `Measure ${JSON.stringify(id)} of study ${JSON.stringify(study)}: column '${name}' appears in both ${role} and group_by`,
  ),
  "measure-group-repeated": kind<{
    readonly study: string;
    readonly id: string;
    readonly column: string;
  }>(
    1,
    ({ id, column: name, study }) =>
      `Measure ${JSON.stringify(id)} of study ${JSON.stringify(study)} names ${JSON.stringify(name)} twice in group_by`,
  ),
  "measure-not-a-number": kind<{
    readonly study: string;
    readonly id: string;
    readonly column: string;
    readonly role: "numerator" | "denominator";
    readonly type: string;
  }>(
    1,
    ({ id, column: name, role, type, study }) =>
      `Measure ${JSON.stringify(id)} of study ${JSON.stringify(study)}: the ${role} ${JSON.stringify(name)} is of type ${type}, which cannot be added up`,
    () => "Use a column of type bool, int or float.",
  ),
  "measure-unknown-column": kind<{
    readonly study: string;
    readonly column: string;
    readonly measures: readonly string[];
    readonly nearest: readonly string[];
  }>(
    1,
    ({ column: name, measures, study }) =>
      `${someMeasures(measures)} of study ${JSON.stringify(study)} ${measures.length === 1 ? "uses" : "use"} ${JSON.stringify(name)}, which the study does not define`,
    ({ column: name, nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}If another action adds it to the cohort files, write fromFile(${JSON.stringify(name)}).`,
  ),
  "measure-hidden-column": kind<{
    readonly study: string;
    readonly column: string;
    readonly measures: readonly string[];
  }>(
    1,
    ({ column: name, measures, study }) =>
      `${someMeasures(measures)} of study ${JSON.stringify(study)} ${measures.length === 1 ? "uses" : "use"} ${JSON.stringify(name)}, which is hidden inside another column: generate_cohort does not write it`,
    ({ column: name }) =>
      `Define it among the study's columns; or, if another action adds it to the cohort files, write fromFile(${JSON.stringify(name)}).`,
  ),
} as const;
