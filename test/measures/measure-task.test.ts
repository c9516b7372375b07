import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { measureTask } from "../../engine/measures/measure-task.ts";
import { measureOf } from "./measure-of.ts";

describe("a task for a thread", () => {
  it("carries of a measure only what measuring needs, not where the author wrote it", () => {
    const measures = [
      measureOf("ill / population by sex"),
      { ...measureOf("ill / population"), rounding: { to: 5 }, groups: "observed" } as const,
      { ...measureOf("ill / ill by sex"), small_number_suppression: { threshold: 9 } },
    ];
    const asDefined = measures.map((measure) => ({
      ...measure,
      ...{ from_file: ["ill"], place: { file: "study_definition.ts", line: 1 } },
    }));
    const where = { file: "input.csv", date: isoDateOf("2020-01-01"), folder: "output" };
    const task = measureTask({ ...where, measures: asDefined });
    assert.deepEqual(task.measures, measures);
    assert.deepEqual(structuredClone(task), task);
  });
});
