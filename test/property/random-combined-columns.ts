/** Random columns made of other columns. */
import fc from "fast-check";
import { shapeOf } from "../../engine/definition/function-table.ts";
import type { FunctionName } from "../../engine/definition/function-table.ts";
import { clearCut, randomCondition } from "./random-condition.ts";
import type { Args, Definition, Draft } from "./random-draft.ts";
import { eventCounts, simpleEvents } from "./random-event-columns.ts";
import { oddTexts, writtenDay } from "./random-vocabulary.ts";
import { chosen } from "./random-window.ts";
import type { Before } from "./random-window.ts";

type Values = readonly (string | number)[];

const categoryValues = fc.oneof(
  fc.constantFrom<Values>([1, 0], [3, 2, 1], [0.5, 1.5, 0], ["2020-03-01", "2020-02-29"]),
  fc
    .shuffledSubarray([...oddTexts, ""], { minLength: 2, maxLength: 4 })
    .map((texts): Values => texts),
);

const defaultAt = fc.nat(3);

/** Columns defined inside another; their names follow its own. */
const nested = fc.array(simpleEvents, { maxLength: 2 });

/** The extra columns, and what the owner's conditions can speak of. */
function inside(
  drafts: readonly Draft[],
  before: readonly Before[],
  name: string,
): { readonly extra: Readonly<Record<string, Definition>>; readonly known: readonly Before[] } {
  const named = drafts.map((draft, i) => {
    const own = `${name}_inner_${i + 1}`;
    return [own, draft(before, own)] as const;
  });
  const known = named.map(([own, definition]) => ({
    name: own,
    type: innerType(definition),
    dateFormat: null,
    ...definition,
  }));
  return { extra: Object.fromEntries(named), known: [...known, ...known, ...before] };
}

function innerType({ function: name, args }: Definition): string {
  const types = shapeOf(name as FunctionName).returning ?? {};
  return types[String(args["returning"])] ?? "str";
}

const satisfying = fc
  .tuple(randomCondition, nested)
  .map(([condition, drafts]): Draft => (before, name) => {
    const { extra, known } = inside(drafts, before, name);
    return { function: "satisfying", args: { expression: condition(known), extra_columns: extra } };
  });

const categorised = fc
  .tuple(
    categoryValues,
    fc.array(randomCondition, { minLength: 4, maxLength: 4 }),
    defaultAt,
    nested,
  )
  .map(([values, conditions, at, drafts]): Draft => (before, name) => {
    const { extra, known } = inside(drafts, before, name);
    const pairs = values.map((value, i) => [
      value,
      i === at % values.length ? "DEFAULT" : (conditions[i]?.(known) ?? "1 = 0"),
    ]);
    const args = { category_definitions: { $pairs: pairs }, extra_columns: extra };
    return { function: "categorised_as", args };
  });

const fixed: fc.Arbitrary<Draft> = fc
  .constantFrom<string | number | boolean>(1, 0, 2.5, "south west", "2020-03-01", true, ...oddTexts)
  .map((value) => () => ({ function: "fixed_value", args: { value } }));

/** Columns of one type, dates of one format: those like the first that is chosen. */
const extremes = fc
  .tuple(
    fc.constantFrom("minimum_of", "maximum_of"),
    fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
    fc.option(writtenDay),
    fc.boolean(),
  )
  .map(([name, numbers, literal, dates]): Draft => (before) => {
    const all = clearCut(before);
    const dated = all.filter(({ type }) => type === "date");
    const first = chosen(dates && dated.length > 0 ? dated : all, numbers[0] ?? 0);
    const alike = all.filter(
      ({ type, dateFormat }) => type === first?.type && dateFormat === first.dateFormat,
    );
    const names = [first, ...numbers.slice(1).map((number) => chosen(alike, number))];
    const sources = [...new Set(names.flatMap((each) => (each === null ? [] : [each.name])))];
    const withLiteral = literal !== null && (first === null || first.dateFormat === "YYYY-MM-DD");
    return {
      function: name,
      args: {
        column_names:
          withLiteral || first === null ? [...sources, literal ?? "2020-03-01"] : sources,
      },
    };
  });

/** Over columns that are defined inside it. */
const extremesInside = fc
  .tuple(
    fc.constantFrom("minimum_of", "maximum_of"),
    fc.array(eventCounts, { minLength: 1, maxLength: 3 }),
  )
  .map(([used, drafts]): Draft => (before, name) => {
    const { extra } = inside(drafts, before, name);
    return { function: used, args: { column_names: [], extra_columns: extra } };
  });

/** What a column with nothing to read becomes: something that later ones can. */
const measured: Definition = {
  function: "with_these_clinical_events",
  args: { codelist: { system: "ctv3", codes: ["XaB1c", "H33.."] }, returning: "numeric_value" },
};

/** A column that is read by its name, of those that suit. */
function reading(name: string, suits: (column: Before) => boolean, more: fc.Arbitrary<Args>) {
  return fc.tuple(fc.nat(99), more).map(([number, args]): Draft => (before) => {
    const source = chosen(before.filter(suits), number);
    return source === null ? measured : { function: name, args: { source: source.name, ...args } };
  });
}

const dateOf = reading(
  "date_of",
  hasDate,
  fc.constantFrom<Args>({}, { date_format: "YYYY-MM-DD" }, { date_format: "YYYY-MM" }),
);

function hasDate({ function: name, args }: Before): boolean {
  const { dateOf: rule, args: shapes } = shapeOf(name as FunctionName);
  if (rule === undefined || rule.except.includes(String(args["returning"]))) return false;
  const isSummary = shapes["on_most_recent_day_of_measurement"] !== undefined;
  return !isSummary || args["on_most_recent_day_of_measurement"] === true;
}

const ranges = fc
  .constantFrom(
    "comparator_from",
    "reference_range_lower_bound_from",
    "reference_range_upper_bound_from",
  )
  .chain((name) => reading(name, isMeasured, fc.constant({})));

function isMeasured({ function: name, args }: Before): boolean {
  return name === "with_these_clinical_events" && args["returning"] === "numeric_value";
}

export const combinedColumns: readonly (readonly [weight: number, fc.Arbitrary<Draft>])[] = [
  [5, satisfying],
  [4, categorised],
  [1, fixed],
  [4, extremes],
  [1, extremesInside],
  [4, dateOf],
  [7, ranges],
];

/** Who is in the cohort. */
export const conditionalPopulation = satisfying;
