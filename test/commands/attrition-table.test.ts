import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { attritionTable, leftOf } from "../../engine/commands/cohorts/attrition-table.ts";

const day = isoDateOf("2020-01-01");
const steps = ["patients of the database", "registered", "age >= 18"];

function shown(numbers: "rounded" | "exact", ...left: readonly number[]): readonly string[] {
  const [, ...rows] = attritionTable(
    steps.slice(0, left.length),
    [{ indexDate: day, left }],
    numbers,
  );
  return rows.map((cells) => cells.slice(3).join(" "));
}

describe("attrition", () => {
  it("has a row for each index date and step", () => {
    const dates = ["2020-01-01", "2020-02-01"].map(isoDateOf);
    const at = dates.map((indexDate, i) => ({ indexDate, left: [100, 50 + i, 20] }));
    assert.deepEqual(
      attritionTable(steps, at, "exact").map((cells) => cells.join("|")),
      [
        "index_date|step|condition|patients_left|patients_removed",
        "2020-01-01|0|patients of the database|100|0",
        "2020-01-01|1|registered|50|50",
        "2020-01-01|2|age >= 18|20|30",
        "2020-02-01|0|patients of the database|100|0",
        "2020-02-01|1|registered|51|49",
        "2020-02-01|2|age >= 18|20|31",
      ],
    );
  });

  it("counts who meets the conditions up to each, of those who did not opt out", () => {
    const passed = new Map([
      [0, 5],
      [1, 30],
      [2, 60],
    ]);
    assert.deepEqual(
      leftOf({ everybody: 100, leavesOutOptedOut: true, passed }, 2),
      [100, 95, 90, 60],
    );
    assert.deepEqual(leftOf({ everybody: 95, leavesOutOptedOut: false, passed }, 2), [95, 90, 60]);
    assert.deepEqual(
      leftOf({ everybody: 4, leavesOutOptedOut: true, passed: new Map() }, 1),
      [4, 0, 0],
    );
  });

  it("shows the middle of six, differences of what is shown, and nothing of 1 to 6", () => {
    assert.deepEqual(shown("rounded", 100, 50, 7), ["99 0", "51 48", "9 42"]);
    assert.deepEqual(shown("rounded", 100, 99, 97), ["99 0", "99 0", "99 0"]);
    assert.deepEqual(shown("rounded", 100, 6, 1), ["99 0", " ", " "]);
    assert.deepEqual(shown("rounded", 100, 3, 0), ["99 0", " ", "0 "]);
    assert.deepEqual(shown("rounded", 0, 0, 0), ["0 0", "0 0", "0 0"]);
    assert.deepEqual(shown("exact", 100, 3, 0), ["100 0", "3 97", "0 3"]);
  });
});

/** Whole sixes, so that the last is not cut short. */
const MOST = 18;

/** All ways in which patients can be left after three steps. */
function* chains(): Generator<readonly [number, number, number]> {
  for (let a = 0; a <= MOST; a++)
    for (let b = 0; b <= a; b++) for (let c = 0; c <= b; c++) yield [a, b, c];
}

/** What somebody could want to know of one index date: who is left, and who went between two steps. */
const secrets = [
  (a: number) => a,
  (_: number, b: number) => b,
  (_: number, __: number, c: number) => c,
  (a: number, b: number) => a - b,
  (_: number, b: number, c: number) => b - c,
  (a: number, _: number, c: number) => a - c,
];

function known(): ReadonlyMap<string, readonly (readonly number[])[]> {
  const possible = new Map<string, number[][]>();
  for (const [a, b, c] of chains()) {
    const file = shown("rounded", a, b, c).join();
    const answers = secrets.map((secret) => secret(a, b, c));
    const values = possible.get(file) ?? secrets.map(() => []);
    answers.forEach((answer, i) => values[i]?.push(answer));
    possible.set(file, values);
  }
  return possible;
}

describe("what rounded attrition gives away", () => {
  it("is no number of patients: every file leaves at least six answers to each question, or none", () => {
    for (const [file, answers] of known()) {
      for (const values of answers) {
        const different = new Set(values);
        const isNobody = different.size === 1 && different.has(0);
        assert.ok(isNobody || different.size >= 6, file);
      }
    }
  });

  it("is no more at two index dates, though they begin with the same patients", () => {
    const together = new Map<string, Set<number>>();
    const firsts = [7, 8, 9, 10, 11, 12];
    for (const a of firsts)
      for (let b = 0; b <= a; b++)
        for (let c = 0; c <= a; c++) {
          const file = `${shown("rounded", a, b).join()} ${shown("rounded", a, c).join()}`;
          for (const [i, answer] of [a - b, a - c, b, c].entries()) {
            const key = `${file} ${i}`;
            together.set(key, (together.get(key) ?? new Set()).add(answer));
          }
        }
    for (const [key, answers] of together) {
      assert.ok(answers.size >= 6 || (answers.size === 1 && answers.has(0)), key);
    }
  });
});
