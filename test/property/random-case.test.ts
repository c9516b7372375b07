import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { emptyImd, emptyValues, floatText } from "../../engine/base/value-types.ts";
import type { CheckedColumn, CheckedStudy } from "../../engine/definition/checked-study.ts";
import { functionNames, shapeOf } from "../../engine/definition/function-table.ts";
import { naiveCohort } from "../naive/naive-cohort.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";
import { randomCase } from "./random-case.ts";
import type { RandomCase } from "./random-case.ts";
import { checked, randomStudy } from "./random-study.ts";

const seed = 20200301;

/** What each function can be asked for; those without `returning` once. */
function everyQuestion(): readonly string[] {
  return functionNames
    .filter((name) => name !== "with_complete_history_between")
    .flatMap((name) => {
      const { returning } = shapeOf(name);
      return returning === undefined
        ? [name]
        : Object.keys(returning).map((value) => `${name} ${value}`);
    });
}

function questionOf({ function: name, args }: CheckedColumn): string {
  const { returning } = shapeOf(name);
  return returning === undefined ? name : `${name} ${returned(args)}`;
}

function returned(args: CheckedColumn["args"]): string {
  return "returning" in args ? args.returning : "";
}

/** What a column prints for a patient of whom nothing is known. */
function printsNothing({ args, type }: CheckedColumn): readonly string[] {
  switch (returned(args)) {
    case "index_of_multiple_deprivation":
      return [String(emptyImd)];
    case "risk_group":
      return ["", "other"];
    case "group_6":
    case "group_16":
    case "duration_of_elective_wait":
      return ["0"];
    default:
      return [type === "float" ? floatText(0) : String(emptyValues[type])];
  }
}

interface Evaluated {
  readonly study: CheckedStudy;
  readonly rows: readonly CohortRow[];
}

function evaluated({ study: file, records, indexDates, files }: RandomCase): Evaluated {
  const result = checked(file);
  assert.ok(result.ok);
  const { study } = result;
  const readFile = (path: string): string => files[path] ?? "";
  const today = isoDateOf("2020-05-20");
  const asked = { study, records, today, includeOptedOut: true, readFile };
  return { study, rows: indexDates.flatMap((indexDate) => naiveCohort({ ...asked, indexDate })) };
}

describe("random studies", () => {
  it("are in order, all but a few", () => {
    const studies = fc.sample(randomStudy("2020-01-01"), { numRuns: 300, seed });
    const accepted = studies.filter((study) => checked(study).ok).length;
    assert.ok(accepted > 0.9 * studies.length, `${accepted} of ${studies.length}`);
  });

  it("get an answer other than nothing from random records, whatever they ask for", () => {
    const answered = new Map(everyQuestion().map((question) => [question, 0]));
    for (const asked of fc.sample(randomCase(), { numRuns: 600, seed })) {
      const { study, rows } = evaluated(asked);
      for (const column of study.columns.filter(({ name }) => study.output.includes(name))) {
        const nothing = printsNothing(column);
        const told = rows.filter((row) => !nothing.includes(row[column.name] ?? "")).length;
        const question = questionOf(column);
        answered.set(question, (answered.get(question) ?? 0) + told);
      }
    }
    const unanswered = [...answered].filter(([, count]) => count === 0);
    assert.deepEqual(unanswered, []);
  });

  it("are the same for the same seed", () => {
    const [a, b] = [1, 2].map(() => fc.sample(randomCase(), { numRuns: 5, seed }));
    assert.deepEqual(a, b);
  });

  it("get smaller when they are made smaller, down to one column and no rows", () => {
    const found = fc.check(
      fc.property(randomCase(), ({ study }) => study.study.column_order.length === 0),
      { seed, numRuns: 1 },
    );
    const [smallest] = found.counterexample ?? [];
    assert.equal(smallest?.study.study.column_order.length, 1);
    const { Patient: patients = [], ...tables } = smallest.records;
    assert.equal(patients.length, 3);
    assert.equal(Object.values(tables).flat().length, 0);
    assert.equal(smallest.indexDates.length, 1);
  });
});
