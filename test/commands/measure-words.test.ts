import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { codesOf, dummy, FILE, inMeasured, oneMonth, study } from "./measured-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "./workspace.ts";
import type { Ended, Files } from "./workspace.ts";

describe("what generate_measures says", () => {
  const json = ({ out }: Ended): readonly Record<string, unknown>[] =>
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("is where files are, when there are none in the folder, with exit code 1", async () => {
    await inMeasured(async (folder) => {
      mkdirSync(join(folder, "outputs"));
      const { code, err, out } = await cohortline(folder, [
        "generate_measures",
        "--output-dir=outputs",
      ]);
      assert.deepEqual([code, out], [1, ""]);
      assert.match(
        err,
        /no cohort files of study "study_definition" .* in "outputs": no file is named input_YYYY-MM-DD\.csv/,
      );
      assert.match(err, /elsewhere: --output-dir output \(3\)/);
    });
  });

  it("is that all is kept right after a full run, combined files too", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const before = contentsOf(join(folder, "output"));
      const { out } = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.equal(out, "Wrote 0 files to output, kept 4 files that needed no change.\n");
      assert.deepEqual(contentsOf(join(folder, "output")), before);
      writeFileSync(join(folder, "output/measure_ill.csv"), "altered");
      const mended = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.match(mended.out, /^Wrote 1 file to output, kept 3 files/);
      assert.deepEqual(contentsOf(join(folder, "output")), before);
    });
  });

  it("is which of its files belong to no measure or index date any more, and it leaves them", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      writeFileSync(join(folder, FILE), study().replace('id: "ill"', 'id: "sick"'));
      rmSync(join(folder, "output/input_2020-03-01.csv"));
      writeFileSync(join(folder, "output/measure_mine.csv"), "of somebody else");
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
      assert.match(
        err,
        /4 files in "output" belong to no measure and index date any more: "measure_ill\.csv"/,
      );
      assert.ok(!err.includes("measure_mine"));
      assert.ok(readdirSync(join(folder, "output")).includes("measure_ill.csv"));
    });
  });

  it("names nothing of another study whose measures lie in the folder", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      writeFileSync(
        join(folder, "analysis/study_definition_other.ts"),
        study().replace('id: "ill"', 'id: "other"'),
      );
      const other = ["--study-definition", "study_definition_other"];
      await cohortline(folder, [...dummy(30), ...other]);
      const { code, err } = await cohortline(folder, ["generate_measures", ...other]);
      assert.equal(code, 0, err);
      assert.ok(!err.includes("belong to no measure"), err);
    });
  });

  it("is as JSON: what is suppressed with measure, column and date, and at the end what was written", async () => {
    await inMeasured(async (folder) => {
      const events = json(await cohortline(folder, ["generate_measures", "--json"]));
      const suppressed = events.filter(({ kind }) => kind === "suppressed");
      for (const { measure, column, date, groups, more } of suppressed) {
        assert.deepEqual(
          [measure, ["asthma", "population"].includes(String(column))],
          ["ill", true],
        );
        assert.match(String(date), /^2020-0[123]-01$/);
        assert.ok(Number(groups) + Number(more) <= 2);
      }
      const { milliseconds, written, ...end } = events.at(-1) ?? {};
      assert.ok(Number(milliseconds) >= 0);
      assert.deepEqual([...(written as string[])].sort(), [
        "measure_ill.csv",
        ...["01", "02", "03"].map((month) => `measure_ill_2020-${month}-01.csv`),
      ]);
      assert.deepEqual(end, {
        ...{ kind: "done", command: "generate_measures", folder: "output", kept: [] },
        ...{ patients: [30, 30, 30], suppressed: suppressed.length > 0 ? 1 : 0, unsuppressed: [] },
      });
      const made = json(await cohortline(folder, [...dummy(30), "--json"])).at(-1);
      assert.deepEqual([made?.["kind"], made?.["patients"]], ["done", [30, 30, 30]]);
    });
  });

  it("is which measures show small numbers, once, with the way out; --strict refuses them", async () => {
    const bare = study().replace(", smallNumberSuppression: true", "");
    await inWorkspace({ [FILE]: bare }, async (folder) => {
      await cohortline(folder, dummy(30));
      for (const command of ["check", "generate_measures"]) {
        const strict = await cohortline(folder, [command, "--strict"]);
        assert.deepEqual([strict.code, codesOf(strict)], [1, ["measures-not-suppressed"]]);
        const { code, err } = await cohortline(folder, [command]);
        assert.equal(code, 0);
        assert.equal(err.match(/measures-not-suppressed/g)?.length, 1);
        assert.match(
          err,
          /study_definition\.ts:\d+: Measure "ill" of study .* shows small numbers/,
        );
        assert.match(err, /smallNumberSuppression: true, or rounding: "midpoint6"/);
      }
      writeFileSync(
        join(folder, FILE),
        bare.replace('groupBy: "sex"', 'groupBy: "sex", rounding: "midpoint6"'),
      );
      assert.equal((await cohortline(folder, ["generate_measures", "--strict"])).err, "");
    });
  });

  it("is which dates have no patients, and which measures a spreadsheet would run", async () => {
    await inMeasured(async (folder) => {
      const files: Files = {
        "input_2020-01-01.csv": "patient_id,sex,asthma\n",
        "input_2020-02-01.csv": "patient_id,sex,asthma\n1,=cmd|x,1\n2,-1,0\n",
      };
      for (const [name, text] of Object.entries(files))
        writeFileSync(join(folder, "output", name), text);
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
      assert.match(
        err,
        /No patient is in the cohort of study "study_definition" on "2020-01-01" \[no-patients\]/,
      );
      assert.match(
        err,
        /Files of measure "ill" have 1 cell that a spreadsheet would run as a formula: "measure_ill_2020-02-01\.csv"/,
      );
      assert.ok(!err.includes("cmd"));
    });
  });

  it("is by generate_cohort too which dates have no patients, and that older months lie there", async () => {
    await inWorkspace(
      { [FILE]: study(), "empty.csv": "patient_id,sex,asthma\n" },
      async (folder) => {
        const told = await cohortline(folder, [
          "generate_cohort",
          "--dummy-data-file=empty.csv",
          ...oneMonth("02"),
        ]);
        assert.deepEqual([told.code, codesOf(told)], [0, ["no-patients"]]);
        assert.match(told.err, /No patient is in the cohort .* on "2020-02-01" /);
        const other = await cohortline(folder, [
          "generate_cohort",
          "--dummy-data-file=empty.csv",
          ...oneMonth("03"),
          "--verbose",
        ]);
        assert.match(other.out, /^There is 1 cohort file of other index dates besides: .*it too/m);
        assert.match(
          other.err,
          /1 cohort file .* of other index dates .*: "input_2020-02-01\.csv"$/m,
        );
        const again = await cohortline(folder, [
          "generate_cohort",
          "--dummy-data-file=empty.csv",
          ...oneMonth("03"),
          "--skip-existing",
        ]);
        assert.match(again.out, /^There is 1 cohort file of other/m);
      },
    );
  });

  it("is where and how much was written, also to a folder named by the person", async () => {
    await inWorkspace({ [FILE]: study() }, async (folder) => {
      const made = await cohortline(folder, [...dummy(30), "--output-dir=a/b"]);
      assert.equal(made.out, "Wrote 3 files to a/b, 30 patients each.\n");
      const { out } = await cohortline(folder, ["generate_measures", "--output-dir=a/b"]);
      assert.match(out, /^Wrote 4 files to a\/b from 3 cohorts, 30 patients each\.\n/);
      renameSync(join(folder, "a/b"), join(folder, "output"));
      const one = await cohortline(folder, dummy(1, "--output-file=x.csv"));
      assert.equal(one.out, "Wrote 1 file to ., 1 patient.\n");
    });
  });
});
