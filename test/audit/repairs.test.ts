/** What `audit --repair` withholds, and what `generate_measures --repairs` writes. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Dropping, Withholding } from "../../engine/audit/repair/repairs-file.ts";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";

const study = `
import { codelist, measure, patients, study } from "cohortline";
const asthma = codelist(["195967001"], "snomed");
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    ill: patients.withTheseClinicalEvents(asthma, { onOrBefore: "index_date" }),
  },
});
export default cohort;
export const measures = ["region", "sex", "population"].map((group) =>
  measure(cohort, { id: "by_" + group, numerator: "ill", denominator: "population", groupBy: group, smallNumberSuppression: true }));
`;

type Contents = ReturnType<typeof contentsOf>;

interface Manifest {
  readonly files: Readonly<
    Record<string, { published: { spec: { dropped?: readonly string[] } } }>
  >;
}

/** Six regions with one ill patient each among 20; of 40 in the seventh, 12. */
function cohort(regions: readonly string[]): string {
  const rows = regions.flatMap((region) =>
    Array.from({ length: region === "G" ? 40 : 20 }, (_, at) => ({
      sex: at % 3 === 0 ? "M" : "F",
      ...{ region, ill: at < (region === "G" ? 12 : 1) ? 1 : 0 },
    })),
  );
  const lines = rows.map(({ sex, region, ill }, at) => `${at + 1},${sex},${region},${ill}`);
  return ["patient_id,sex,region,ill", ...lines, ""].join("\n");
}

const regions = ["A", "B", "C", "D", "E", "F", "G"];
const workspace = {
  "analysis/study_definition.ts": study,
  "output/input_2020-01-01.csv": cohort(regions),
  "output/input_2020-02-01.csv": cohort(["F", "G"]),
};

describe("repairs of measures", () => {
  it("are found, applied and audited again: what leaked is releasable", async () => {
    await inWorkspace(workspace, async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const before = contentsOf(join(folder, "output"));
      const found = await cohortline(folder, ["audit", "--repair", "repairs.json"]);
      assert.equal(found.code, 1, found.err);
      assert.match(found.out, /6 can be worked out/);
      assert.match(
        found.out,
        /Cheapest repair: withhold \d+ figures? in \d+ files?, or drop 1 table of 1 file, or round all/,
      );
      const text = readFileSync(join(folder, "repairs.json"), "utf8");
      await cohortline(folder, ["audit", "--repair", "again.json"]);
      assert.equal(readFileSync(join(folder, "again.json"), "utf8"), text);
      const made = await cohortline(folder, ["generate_measures", "--repairs", "repairs.json"]);
      assert.equal(made.code, 0, made.err);
      const audited = await cohortline(folder, ["audit", "--certificate", "certificate.json"]);
      assert.equal(audited.code, 0, audited.out);
      const verified = await cohortline(folder, ["verify-certificate", "certificate.json"]);
      assert.equal(verified.code, 0, verified.out);
      const after = contentsOf(join(folder, "output"));
      const changed = Object.keys(after).filter(
        (file) =>
          file.startsWith("measure_") && before[file]?.toString() !== after[file]?.toString(),
      );
      const named = JSON.parse(text) as { actions: { withhold: Withholding }[] };
      const files = named.actions.flatMap(({ withhold: { measure, date } }) => [
        `measure_${measure}.csv`,
        `measure_${measure}_${date}.csv`,
      ]);
      assert.deepEqual(changed.sort(), [...new Set(files)].sort());
      const kept = ["generate_measures", "--skip-existing"];
      await cohortline(folder, [...kept, "--repairs", "repairs.json"]);
      assert.deepEqual(contentsOf(join(folder, "output")), after);
      await cohortline(folder, kept);
      assert.deepEqual(
        contentsOf(join(folder, "output"))["measure_by_region.csv"],
        before["measure_by_region.csv"],
      );
    });
  });

  it("of the fewest files leave out one date of a file, or all of it, and nothing that was there before", async () => {
    await inWorkspace(workspace, async (folder) => {
      const output = join(folder, "output");
      await cohortline(folder, ["generate_measures"]);
      const before = contentsOf(output);
      const words = ["--repair", "repairs.json", "--repair-by", "files", "--html", "page.html"];
      const found = await cohortline(folder, ["audit", ...words]);
      assert.match(found.out, /repairs.json holds the one by files/);
      const page = readFileSync(join(folder, "page.html"), "utf8");
      assert.match(
        page,
        /By files: drop 1 table of 1 file[^]*leave out measure by_\w+, 2020-01-01/,
      );
      const { actions } = JSON.parse(readFileSync(join(folder, "repairs.json"), "utf8")) as {
        actions: { drop: Dropping }[];
      };
      const [{ drop } = { drop: { measure: "" } }] = actions;
      const [combined, dated] = [
        `measure_${drop.measure}.csv`,
        `measure_${drop.measure}_2020-01-01.csv`,
      ];
      const made = await cohortline(folder, ["generate_measures", "--repairs", "repairs.json"]);
      assert.equal(made.code, 0, made.err);
      const after = contentsOf(output);
      const changed = (now: Contents): readonly string[] =>
        Object.keys(before).filter(
          (file) =>
            file.startsWith("measure_") && before[file]?.toString() !== now[file]?.toString(),
        );
      assert.deepEqual([...changed(after)].sort(), [combined, dated].sort());
      assert.equal(after[dated], undefined);
      assert.ok(!after[combined]?.toString().includes("2020-01-01"));
      const manifest = JSON.parse(after["cohortline.manifest.json"]?.toString() ?? "") as Manifest;
      assert.deepEqual(manifest.files[combined]?.published.spec.dropped, ["2020-01-01"]);
      assert.ok(!(dated in manifest.files));
      const audited = await cohortline(folder, ["audit", "--certificate", "certificate.json"]);
      assert.equal(audited.code, 0, audited.out);
      const kept = ["generate_measures", "--skip-existing"];
      await cohortline(folder, [...kept, "--repairs", "repairs.json"]);
      assert.deepEqual(contentsOf(output), after);
      const whole = { repairs: 1, actions: [{ drop: { measure: drop.measure } }] };
      writeFileSync(join(folder, "whole.json"), JSON.stringify(whole));
      await cohortline(folder, [...kept, "--repairs", "whole.json"]);
      const none = contentsOf(output);
      assert.deepEqual(
        Object.keys(none).filter((file) => file.includes(drop.measure)),
        [],
      );
      await cohortline(folder, kept);
      assert.deepEqual(changed(contentsOf(output)), []);
      const rounding = ["--repair", "rounding.json", "--repair-by", "rounding"];
      const byRounding = await cohortline(folder, ["audit", ...rounding]);
      assert.match(byRounding.out, /or round all measures to the middle of six\./);
      await cohortline(folder, ["generate_measures", "--repairs", "rounding.json"]);
      const rounded = await cohortline(folder, ["audit"]);
      assert.equal(rounded.code, 0, rounded.out);
      assert.match(readFileSync(join(output, "measure_by_sex.csv"), "utf8"), /^M,\d*[39]\.0,/m);
      const both = [
        { drop: { measure: "by_sex", date: "2020-01-01" } },
        { merge: { column: "region", labels: ["A", "B"] } },
        { round: { rounding: "midpoint6" } },
      ];
      writeFileSync(join(folder, "all.json"), JSON.stringify({ repairs: 1, actions: both }));
      await cohortline(folder, ["generate_measures", "--repairs", "all.json"]);
      writeFileSync(join(folder, "context.txt"), "How many are ill.");
      const release = ["release", "--first-release", "--context", "context.txt", "--to", "pack"];
      const packed = await cohortline(folder, release);
      assert.equal(packed.code, 0, packed.err);
      assert.match(
        readFileSync(join(folder, "pack/release.html"), "utf8"),
        /measure_by_region.csv: region A or B is A and B. measure_by_sex.csv: no rows of 2020-01-01</,
      );
    });
  });

  it("that do not fit the measures are refused, and nothing of those dates is written", async () => {
    await inWorkspace(workspace, async (folder) => {
      const refused = async (change: object, message: RegExp): Promise<void> => {
        const figure = {
          measure: "by_sex",
          date: "2020-01-01",
          column: "ill",
          groups: { sex: "F" },
        };
        const actions = [{ withhold: { ...figure, ...change } }];
        writeFileSync(join(folder, "r.json"), JSON.stringify({ repairs: 1, actions }));
        const { code, err } = await cohortline(folder, [
          "generate_measures",
          "--repairs",
          "r.json",
        ]);
        assert.equal(code, 1, err);
        assert.match(err, message);
      };
      await refused(
        { measure: "by_seks" },
        /"r.json" are for measure "by_seks".*repairs-name-unknown/,
      );
      await refused({ date: "2021-01-01" }, /index date "2021-01-01".*repairs-name-unknown/);
      await refused({ groups: { sex: "X" } }, /"by_sex" at 2020-01-01.*repairs-do-not-fit/);
      await refused({ groups: {} }, /repairs-do-not-fit/);
      await refused({ column: "sex" }, /repairs-do-not-fit/);
      await refused(
        { measure: "by_region", groups: { region: "A" } },
        /hidden in it already.*repairs-do-not-fit/,
      );
      await refused({ colour: "red" }, /actions\[0\].withhold.colour.*audit-description/);
      const refusedAll = async (actions: readonly object[], message: RegExp): Promise<void> => {
        writeFileSync(join(folder, "r.json"), JSON.stringify({ repairs: 1, actions }));
        const { err } = await cohortline(folder, ["generate_measures", "--repairs", "r.json"]);
        assert.match(err, message);
      };
      const figure = { measure: "by_sex", date: "2020-01-01", column: "ill", groups: { sex: "F" } };
      await refusedAll(
        [{ drop: { measure: "by_six" } }],
        /for measure "by_six".*repairs-name-unknown[^]*Nearest: "by_sex"/,
      );
      await refusedAll(
        [{ drop: { measure: "by_sex", date: "2020-03-01" } }],
        /index date "2020-03-01".*repairs-name-unknown/,
      );
      await refusedAll(
        [{ drop: { measure: "by_sex" } }, { withhold: figure }],
        /"by_sex" at 2020-01-01 is dropped, and a figure of it is withheld.*repairs-contradict/,
      );
      await refusedAll(
        [{ drop: { measure: "by_sex", date: "2020-02-01" } }, { drop: { measure: "by_sex" } }],
        /"by_sex" is dropped twice.*repairs-contradict/,
      );
      await refusedAll(
        [{ withhold: figure }, { withhold: figure }],
        /withheld twice.*repairs-contradict/,
      );
      await refusedAll(
        [{ withhold: figure, drop: {} }],
        /actions\[0\]: expected one of withhold, drop, round/,
      );
      const round = { round: { rounding: { to: 5 }, threshold: 7 } };
      await refusedAll(
        [round, { round: { rounding: "midpoint6" } }],
        /rounded twice.*repairs-contradict/,
      );
      await refusedAll(
        [{ round: { rounding: "midpoint7" } }],
        /actions\[0\].round.rounding: expected/,
      );
      await refusedAll([{ droop: {} }], /actions\[0\].droop: .*nearest: drop/);
      const { err } = await cohortline(folder, ["generate_measures", "--repairs", "no.json"]);
      assert.match(err, /no file of repairs "no.json".*repairs-not-found/);
    });
  });

  it("are the same in measures without cohort files", async () => {
    const dummy = study
      .replace(
        "patients.sex()",
        'patients.sex({ returnExpectations: { rate: "universal", category: { ratios: { F: 0.5, M: 0.5 } } } })',
      )
      .replace(
        '"nuts1_region_name"',
        '"nuts1_region_name", { returnExpectations: { rate: "universal", category: { ratios: { A: 0.5, B: 0.5 } } } }',
      )
      .replace(
        'onOrBefore: "index_date"',
        'onOrBefore: "index_date", returnExpectations: { incidence: 0.5, date: { earliest: "2000-01-01", latest: "2020-01-01" } }',
      );
    await inWorkspace({ "analysis/study_definition.ts": dummy }, async (folder) => {
      const action = { measure: "by_sex", date: "2020-01-01", column: "ill", groups: { sex: "F" } };
      writeFileSync(
        join(folder, "r.json"),
        JSON.stringify({ repairs: 1, actions: [{ withhold: action }] }),
      );
      const words = ["--expectations-population=60", "--index-date-range", "2020-01-01"];
      const { code, err } = await cohortline(folder, [
        ...["generate_measures", "--repairs", "r.json"],
        ...words,
      ]);
      assert.equal(code, 0, err);
      const text = readFileSync(join(folder, "output/measure_by_sex.csv"), "utf8");
      assert.match(text, /\nF,,\d+,,2020-01-01\nM,\d+\.0,\d+,0\.\d+,2020-01-01\n$/);
    });
  });
});
