import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { problem } from "../../engine/measures/problems.ts";
import { measureTask, readAnswer, readTask } from "../../engine/measures/measure-task.ts";
import type { MeasureAnswer } from "../../engine/measures/measure-task.ts";
import { measureOf } from "./measure-of.ts";

const task = measureTask({
  file: "output/input_2020-01-01.csv",
  date: isoDateOf("2020-01-01"),
  folder: "output",
  measures: [measureOf("ill / population by sex"), measureOf("ill / population")],
});

const made = {
  id: "m",
  fileName: "measure_m_2020-01-01.csv",
  rows: 2,
  bytes: 40,
  sha256: "00",
  formulas: 0,
};

const answers: readonly MeasureAnswer[] = [
  {
    ok: true,
    patients: 2,
    made: [{ ...made, patientLevel: false }],
    hidden: [{ measure: "m", column: "ill", groups: 2, more: 1 }],
  },
  {
    ok: false,
    problems: [
      problem("measure-worker-died", { file: "input.csv", reason: "no memory" }),
      problem("measure-worker-died", { file: "b.csv", reason: "" }, { file: "b.csv", line: 2 }),
    ],
    missing: [{ measure: "m", column: "x", role: "group_by", inStudy: true, nearest: ["y"] }],
  },
];

describe("messages between threads", () => {
  it("arrive as they were sent", () => {
    assert.deepEqual(readTask(structuredClone(task)), task);
    for (const answer of answers) assert.deepEqual(readAnswer(structuredClone(answer)), answer);
  });

  it("carry of a measure only what measures need, not where the author wrote it", () => {
    const measure = { ...measureOf("ill / population by sex"), place: { file: "s.ts", line: 1 } };
    assert.deepEqual(measureTask({ ...task, measures: [measure] }).measures, [
      measureOf("ill / population by sex"),
    ]);
  });

  const broken: readonly (readonly [what: string, sent: unknown])[] = [
    ["nothing", undefined],
    ["a text", "task"],
    ["a task without measures", { ...task, measures: undefined }],
    ["a task with a day that does not exist", { ...task, date: "2020-02-30" }],
    ["a task whose measure has no id", { ...task, measures: [{ ...task.measures[0], id: 1 }] }],
  ];
  for (const [what, sent] of broken) {
    it(`refuse ${what} as a bug, not as a problem of the author`, () => {
      assert.throws(() => readTask(sent), isBug);
    });
  }

  const brokenAnswers: readonly (readonly [what: string, sent: unknown])[] = [
    ["an answer that is neither well nor ill", {}],
    ["a problem nobody knows", { ok: false, problems: [{ ...problemOf(), code: "odd" }] }],
    [
      "a problem with an exit code nobody knows",
      { ok: false, problems: [{ ...problemOf(), exitCode: 9 }] },
    ],
    [
      "a file without rows",
      {
        ok: true,
        patients: 2,
        made: [{ ...made, rows: "2" }],
        hidden: [],
      },
    ],
  ];
  for (const [what, sent] of brokenAnswers) {
    it(`refuse ${what} as a bug`, () => {
      assert.throws(() => readAnswer(sent), isBug);
    });
  }
});

function isBug(error: unknown): boolean {
  return error instanceof Error && !(error instanceof ProblemError);
}

function problemOf() {
  return problem("measure-worker-died", { file: "input.csv", reason: "no memory" });
}
