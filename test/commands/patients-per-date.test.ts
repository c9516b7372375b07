import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addMonths, isoDateOf } from "../../engine/base/dates.ts";
import { patientsPerDate } from "../../engine/commands/reporting/patients-per-date.ts";
import { databaseUrl, inRecordedWorkspace, recordedFiles } from "./recorded-workspace.ts";
import { cohortline } from "./workspace.ts";

const sizes = (patients: readonly number[], study = "study_definition") =>
  patients.map((count, i) => ({
    study,
    indexDate: addMonths(isoDateOf("2020-01-01"), i),
    patients: count,
  }));

describe("patients per index date", () => {
  it("are told after an extraction, date by date", () => {
    const path = "analysis/study_definition.ts";
    const seen = (recordedFiles[path] ?? "").replace(
      "patients.all()",
      'patients.satisfying("met", { extraColumns: { met: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" }) } })',
    );
    return inRecordedWorkspace(
      async (folder) => {
        const range = "--index-date-range=2020-02-01 to 2020-12-01 by month";
        const words = ["generate_cohort", `--database-url=${databaseUrl}`, range];
        const { out } = await cohortline(folder, words);
        assert.deepEqual(out.trimEnd().split("\n"), [
          "Wrote 11 files to output, 5 to 17 patients each.",
          "Patients at 11 index dates; first, last and sharp changes:",
          "  2020-02-01   5",
          "  2020-03-01   9  (+80 % from the date before)",
          "  2020-04-01  11  (+22 % from the date before)",
          "  2020-06-01  14  (+17 % from the date before)",
          "  2020-12-01  17",
        ]);
      },
      { files: { [path]: seen } },
    );
  });

  it("are told of each of few dates, with what changed sharply", () => {
    assert.deepEqual(patientsPerDate(sizes([900, 905, 1200])), [
      "Patients at each index date:",
      "  2020-01-01   900",
      "  2020-02-01   905",
      "  2020-03-01  1200  (+33 % from the date before)",
    ]);
  });

  it("are told of the ends of many dates, and where they change most", () => {
    const many = [100, 100, 101, 60, 60, 61, 62, 62, 0, 62];
    assert.deepEqual(patientsPerDate(sizes(many)), [
      "Patients at 10 index dates; first, last and sharp changes:",
      "  2020-01-01  100",
      "  2020-04-01   60  (-41 % from the date before)",
      "  2020-09-01    0  (-100 % from the date before)",
      "  2020-10-01   62  (nobody the date before)",
    ]);
    const wild = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 10 : 20));
    assert.equal(patientsPerDate(sizes(wild)).length, 9);
  });

  it("are not told again where all dates have as many, nor without index dates", () => {
    assert.deepEqual(patientsPerDate(sizes([7, 7, 7])), []);
    assert.deepEqual(patientsPerDate([{ study: "s", indexDate: null, patients: 3 }]), []);
    assert.deepEqual(patientsPerDate([]), []);
  });

  it("are told of each study by its name", () => {
    const two = [...sizes([1, 2], "study_definition_a"), ...sizes([3, 3], "study_definition_b")];
    assert.equal(patientsPerDate(two)[0], "Patients of study_definition_a at each index date:");
  });
});
