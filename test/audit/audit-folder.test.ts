/** `cohortline audit` of a folder that generate_measures wrote, and of folders that it did not. */
import assert from "node:assert/strict";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const study = `
import { codelist, measure, patients, study } from "cohortline";
const asthma = codelist(["195967001"], "snomed");
const universal = { rate: "universal" } as const;
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "2020-12-31" }, incidence: 0.1 },
  population: patients.all(),
  columns: {
    sex: patients.sex({ returnExpectations: { ...universal, category: { ratios: { F: 0.5, M: 0.5 } } } }),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: { ...universal, category: { ratios: { North: 0.4, South: 0.3, East: 0.3 } } } }),
    asthma: patients.withTheseClinicalEvents(asthma, { onOrBefore: "index_date" }),
    visits: patients.withTheseClinicalEvents(asthma, { onOrBefore: "index_date", returning: "number_of_matches_in_period",
      returnExpectations: { int: { distribution: "normal", mean: 3, stddev: 1 }, incidence: 1 } }),
    bmi: patients.mostRecentBmi({ onOrAfter: "2010-01-01", minimumAgeAtMeasurement: 16,
      returnExpectations: { float: { distribution: "normal", mean: 25, stddev: 5 }, incidence: 1 } }),
  },
});
export default cohort;
const hidden = { smallNumberSuppression: true } as const;
export const measures = [
  measure(cohort, { id: "by_sex", numerator: "asthma", denominator: "population", groupBy: "sex", ...hidden }),
  measure(cohort, { id: "by_region", numerator: "asthma", denominator: "population", groupBy: "region", ...hidden }),
  measure(cohort, { id: "visits", numerator: "visits", denominator: "population", groupBy: "sex", ...hidden }),
  measure(cohort, { id: "bmi", numerator: "bmi", denominator: "asthma", groupBy: "region", ...hidden }),
];
`;

const made = inWorkspaceOnce();

/** The study's measures, made once. */
function inWorkspaceOnce() {
  let kept: Promise<void> | null = null;
  const store = mkdtempSync(join(tmpdir(), "cohortline-audit-"));
  process.on("exit", () => {
    rmSync(store, { recursive: true, force: true });
  });
  const make = () =>
    inWorkspace({ "analysis/study_definition.ts": study }, async (folder) => {
      await cohortline(
        folder,
        dummy(60, "--index-date-range", "2020-01-01 to 2020-02-01 by month"),
      );
      const { err, code } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0, err);
      cpSync(folder, store, { recursive: true });
    });
  return async <T>(act: (folder: string) => Promise<T>): Promise<T> => {
    await (kept ??= make());
    return inWorkspace({}, (folder) => {
      cpSync(store, folder, { recursive: true });
      return act(folder);
    });
  };
}

async function resultIn(folder: string, ...words: string[]): Promise<AuditResult> {
  const { out, err } = await cohortline(folder, ["audit", "--json", ...words]);
  assert.notEqual(out, "", err);
  return JSON.parse(out) as AuditResult;
}

describe("cohortline audit of a folder", () => {
  it("reads what generate_measures wrote, in each of its formats, and says the same of it", async () => {
    await made(async (folder) => {
      const csv = await resultIn(folder);
      assert.deepEqual(
        csv.inputs.map(({ file }) => file),
        ["by_sex", "by_region", "visits", "bmi"].map((id) => `measure_${id}.csv`),
      );
      assert.ok(csv.cells.length > 0);
      const bytes = readFileSync(join(folder, "output/measure_by_sex.csv"), "utf8");
      assert.equal(csv.contradiction, null, bytes);
      for (const format of ["csv.gz", "feather"]) {
        for (const { measure } of csv.inputs)
          rmSync(join(folder, `output/measure_${measure}.csv`), { force: true });
        await cohortline(folder, ["generate_measures", "--output-format", format]);
        const other = await resultIn(folder);
        const plain = ({ cells }: AuditResult) =>
          JSON.stringify(cells).replaceAll(`.${format}:`, ".csv:");
        assert.equal(plain(other), plain(csv), format);
        for (const { file } of other.inputs) rmSync(join(folder, "output", file));
      }
    });
  });

  it("leaves out sums of numbers that are not whole, says so, and audits the column beside them", async () => {
    await made(async (folder) => {
      const { notModelled, cells } = await resultIn(folder);
      assert.deepEqual(notModelled, [
        "output/measure_bmi.csv, column bmi: sums of numbers that are not whole",
      ]);
      assert.ok(cells.every(({ quantity }) => quantity !== "bmi"));
    });
  });

  it("knows of flags that there are not more than people", async () => {
    await made(async (folder) => {
      const { cells } = await resultIn(folder, "--attacker", "sums");
      const flags = cells.filter(
        ({ quantity, verdict }) => quantity === "asthma" && verdict === "safe",
      );
      assert.ok(flags.length > 0);
      assert.ok(flags.every(({ max }) => max !== null && max <= 60));
    });
  });

  it("takes policy and known numbers from files", async () => {
    await made(async (folder) => {
      writeFileSync(
        join(folder, "policy.json"),
        '{"small": 70, "minValues": 2, "targets": ["hidden"]}',
      );
      writeFileSync(
        join(folder, "known.json"),
        '[{"quantity": "asthma", "date": "2020-01-01", "groups": {}, "value": 61}]',
      );
      const { policy, cells } = await resultIn(folder, "--policy", "policy.json");
      assert.deepEqual([policy.small, policy.minValues], [70, 2]);
      assert.ok(cells.length > 4);
      const known = await resultIn(folder, "--known", "known.json");
      assert.notEqual(known.contradiction, null, "more than all patients");
    });
  });

  it("refuses what it cannot read as it was written, and never shows a cell", async () => {
    await made(async (folder) => {
      const file = join(folder, "output/measure_by_region.csv");
      const text = readFileSync(file, "utf8");
      const refused = async (message: RegExp, ...words: string[]): Promise<void> => {
        const { code, err, out } = await cohortline(folder, ["audit", ...words]);
        assert.equal(code, message.source.includes("usage") ? 2 : code, err);
        assert.notEqual(code, 0, out);
        assert.match(err, message);
        assert.doesNotMatch(err, /777/);
      };
      writeFileSync(file, text.replace(/North,(\d*\.?\d*),/, "North,777.0,"));
      await refused(
        /"measure_by_region.csv" of "output" has been modified.*; row 2, column "value" cannot have.*audit-file-altered/,
      );
      writeFileSync(file, text.replace(/North,.*/, "North,3.0,20.0,0.15,2020-01-01"));
      await refused(
        /row 2, column "population": not printed as cohortline prints .*audit-file-altered/,
      );
      writeFileSync(file, text);
      renameSync(file, join(folder, "output/measure_other.csv"));
      await refused(/does not describe "measure_other.csv".*audit-files-foreign/);
      rmSync(join(folder, "output/measure_other.csv"));
      const manifest = join(folder, "output/cohortline.manifest.json");
      const entries = readFileSync(manifest, "utf8");
      writeFileSync(manifest, entries.replaceAll('"published"', '"other"'));
      await refused(/earlier version of cohortline wrote "measure_by_sex.csv".*audit-files-older/);
      writeFileSync(
        manifest,
        entries.replaceAll('"denominator": "population"', '"denominator": 5'),
      );
      await refused(/bad-manifest/);
      writeFileSync(manifest, entries);
      await refused(
        /There is no study "study_definition_b".*unknown-study/,
        "--study-definition",
        "study_definition_b",
      );
      await refused(/no measure.*no-measure-files/i, "--output-dir", "analysis");
      await refused(
        /--earlier and --description cannot both.*usage/,
        "--description",
        "x.json",
        "--earlier",
        "output",
      );
    });
  });

  it("takes cells of two releases for the same where their marks prove it, and tells where not", async () => {
    await made(async (folder) => {
      const bare = study.replace(
        "{ smallNumberSuppression: true }",
        "{ smallNumberSuppression: false }",
      );
      const earlier = async (text: string, change: () => Promise<unknown>) => {
        rmSync(join(folder, "earlier"), { recursive: true, force: true });
        cpSync(join(folder, "output"), join(folder, "earlier"), { recursive: true });
        writeFileSync(join(folder, "analysis/study_definition.ts"), text);
        await change();
        await cohortline(folder, ["generate_measures", "--output-dir", "earlier"]);
        const { cells, notModelled } = await resultIn(folder, "--earlier", "earlier");
        const isIn = (name: string, figures: readonly string[]): boolean =>
          figures.some((figure) => figure.startsWith(`${name}/`));
        const both = cells.filter(
          ({ figures }) => isIn("output", figures) && isIn("earlier", figures),
        );
        return { both, notes: notModelled.filter((note) => note.includes("not compared")) };
      };
      const cohorts = (patients: number) => () =>
        cohortline(folder, [
          ...dummy(patients, "--index-date-range", "2020-01-01 to 2020-02-01 by month"),
          ...["--output-dir", "earlier"],
        ]);
      const same = await earlier(bare, cohorts(60));
      assert.ok(same.both.length > 0);
      assert.ok(same.both.some(({ verdict, unsafe }) => verdict === "exact" && unsafe));
      assert.deepEqual(same.notes, []);
      const others = await earlier(bare, cohorts(61));
      assert.deepEqual(others.both, []);
      assert.match(
        others.notes[0] ?? "",
        /output is not compared with earlier at 2020-01-01 and 1 other date: it is of other patients/,
      );
      const values = await earlier(bare.replace("incidence: 0.1", "incidence: 0.2"), cohorts(60));
      assert.deepEqual(values.both, []);
      assert.match(values.notes[0] ?? "", /column asthma has other values/);
      const secret = join(folder, "metadata/cohort-marks.key");
      assert.equal(statSync(secret).mode & 0o077, 0);
      rmSync(secret);
      // The same cohort files are the same whoever marks them; files written again are not.
      const another = await earlier(
        bare.replace("population: patients.all()", "population: patients.all( )"),
        () => {
          for (const month of ["01", "02"]) {
            const file = join(folder, `earlier/input_2020-${month}-01.csv`);
            writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
          }
          return Promise.resolve();
        },
      );
      assert.deepEqual(another.both, []);
      assert.match(another.notes[0] ?? "", /of other patients, or was marked in another workspace/);
    });
  });

  it("never releases a file with a row for each patient", async () => {
    const bare = study.replace('groupBy: "sex", ...hidden', "groupBy: []");
    await inWorkspace({ "analysis/study_definition.ts": bare }, async (folder) => {
      await cohortline(folder, dummy(200, "--index-date-range", "2020-01-01"));
      await cohortline(folder, ["generate_measures"]);
      const { releasable, inputs } = await resultIn(folder);
      assert.equal(releasable, false);
      assert.deepEqual(
        inputs.map(({ patientLevel }) => patientLevel),
        [true, false, false, false],
      );
      const { out } = await cohortline(folder, ["audit"]);
      assert.match(out, /output\/measure_by_sex.csv has a row for each patient/);
    });
  });
});
