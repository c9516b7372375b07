/** Where and when a study looks for the codes of its author's codelists. */
import { addDays, isoDateOf } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { byCodePoint } from "../base/value-types.ts";
import { contractTables } from "../schema/contract.ts";
import type { PatientTable } from "../schema/contract.ts";
import type { CohortPlan, Part } from "./model/cohort-plan.ts";
import type { Rows, Window } from "./model/rows.ts";
import type { Test } from "./model/value.ts";
import { everything, rowsWithin } from "./model/walk.ts";
import { daysOf } from "./passes/index-days.ts";

/** Both ends included. */
export type DayRange = readonly [first: IsoDate, last: IsoDate];

export interface CodelistQuestion {
  readonly codelist: string;
  readonly table: PatientTable;
  readonly field: string;
  readonly how: Listed["how"];
  /** The field with the date of a row, and when it counts: apart and ascending. Null = at any time. */
  readonly days: { readonly field: string; readonly ranges: readonly DayRange[] } | null;
}

type Listed = Extract<Test, { kind: "in-codelist" }>;

/**
 * Each codelist once for a field of a table, in the union of its windows over all index dates. A window that
 * begins or ends at a date of the patient is taken as open there: it costs a join, and who looks for a codelist that
 * was never recorded is not misled.
 */
export function codelistQuestions(plan: CohortPlan): readonly CodelistQuestion[] {
  const authors = new Set(
    plan.codelists.filter((list) => list.authors.length > 0).map(({ name }) => name),
  );
  const asked = new Map<string, CodelistQuestion>();
  const scans = plan.parts.filter((part) => part.kind === "scan");
  for (const question of scans.flatMap((scan) => questionsOf(scan, plan.indexDates))) {
    const { codelist, table, field, how, days } = question;
    if (!authors.has(codelist)) continue;
    const key = JSON.stringify([codelist, table, field, how]);
    const known = asked.get(key);
    asked.set(
      key,
      known === undefined ? question : { ...question, days: either(known.days, days) },
    );
  }
  return [...asked.values()];
}

function questionsOf(
  { rows, window, summaries }: Extract<Part, { kind: "scan" }>,
  indexDates: readonly IsoDate[],
): readonly CodelistQuestion[] {
  const wheres = summaries.flatMap(({ where }) => (where === null ? [] : [where]));
  const ranges = rangesOf(window, indexDates);
  const date = window.kind === "during" ? window.date : null;
  return questionsOfRows(rows, wheres, { date, ranges });
}

interface Period {
  readonly date: string | null;
  readonly ranges: readonly DayRange[] | null;
}

/** Those of the days that rows are left out on count in the same period. */
function questionsOfRows(
  rows: Rows,
  wheres: readonly Test[],
  { date, ranges }: Period,
): readonly CodelistQuestion[] {
  const steps = rowsWithin(rows);
  // A row of a pair counts in a period that only the other is in.
  const pairs = steps.filter((step) => step.kind === "paired");
  if (pairs.length > 0) {
    return pairs.flatMap((pair) =>
      [pair.from, pair.with].flatMap((each) => questionsOfRows(each, [], { date, ranges: null })),
    );
  }
  const table = steps.flatMap((step) => (step.kind === "table" ? [step.table] : []))[0];
  if (table === undefined) return [];
  const has = (field: string): boolean => Object.hasOwn(contractTables[table], field);
  const [perDay] = steps.flatMap((step) => (step.kind === "per-day" ? [step.date] : []));
  const dated = date !== null && !has(date) ? (perDay ?? null) : date;
  const days = dated === null || ranges === null ? null : { field: dated, ranges };
  const tests = [...wheres, ...steps.flatMap(testsOf)];
  const here = tests.flatMap(listedIn).flatMap(({ of, codelist, how }): CodelistQuestion[] => {
    if (of.kind !== "field" || !has(of.name)) return [];
    return [{ codelist, table, field: of.name, how, days }];
  });
  const leftOut = steps.flatMap((step) =>
    step.kind === "without-days"
      ? questionsOfRows(step.days.from, [], { date: step.days.date, ranges })
      : [],
  );
  return [...here, ...leftOut];
}

function testsOf(step: Rows): readonly Test[] {
  return step.kind === "matching" ? [step.where] : [];
}

function listedIn(test: Test): readonly Listed[] {
  return [...everything(test)].filter((node) => node.kind === "in-codelist");
}

const FIRST_DAY = isoDateOf("0001-01-01");
const LAST_DAY = isoDateOf("9999-12-31");

function rangesOf(window: Window, indexDates: readonly IsoDate[]): readonly DayRange[] | null {
  if (window.kind !== "during") return null;
  // Without index dates, bounds are written days, so that every date serves.
  const dates = indexDates.length === 0 ? [FIRST_DAY] : indexDates;
  const from = window.from === null ? null : daysOf(window.from, dates);
  const to = window.to === null ? null : daysOf(window.to, dates);
  if (from === null && to === null) return null;
  return joined(dates.map((_, i) => [from?.[i] ?? FIRST_DAY, to?.[i] ?? LAST_DAY]));
}

function either(
  one: CodelistQuestion["days"],
  other: CodelistQuestion["days"],
): CodelistQuestion["days"] {
  if (one === null || other === null || one.field !== other.field) return null;
  return { field: one.field, ranges: joined([...one.ranges, ...other.ranges]) };
}

/** Ranges that overlap or follow one another as one; those that end before they begin hold no day. */
function joined(ranges: readonly DayRange[]): readonly DayRange[] {
  const sorted = ranges
    .filter(([first, last]) => first <= last)
    .sort(([a], [b]) => byCodePoint(a, b));
  const found: DayRange[] = [];
  for (const [first, last] of sorted) {
    const before = found.at(-1);
    if (before === undefined || !touches(before, first)) found.push([first, last]);
    else if (last > before[1]) found[found.length - 1] = [before[0], last];
  }
  return found;
}

function touches([, last]: DayRange, first: IsoDate): boolean {
  return last === LAST_DAY || first <= addDays(last, 1);
}
