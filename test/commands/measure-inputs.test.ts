import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { codesOf, dummy, FILE, inMeasured, oneMonth, study } from "./measured-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "./workspace.ts";

interface Manifest {
  readonly files: Record<string, Record<string, unknown>>;
}

const manifestFile = (folder: string): string => join(folder, "output/cohortline.manifest.json");
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(manifestFile(folder), "utf8")) as Manifest;

function alterManifest(folder: string, change: (manifest: Manifest) => void): void {
  const manifest = manifestIn(folder);
  change(manifest);
  writeFileSync(manifestFile(folder), JSON.stringify(manifest));
}

describe("cohort files that do not belong together", () => {
  it("say in the manifest what each was made from, in words that people can read", async () => {
    await inWorkspace({ [FILE]: study() }, async (folder) => {
      await cohortline(folder, [...dummy(30, ...oneMonth("02")), "--param", "until=2019-12-31"]);
      const { origin } = manifestIn(folder).files["input_2020-02-01.csv"] ?? {};
      const { definition, codelists, engine, data_version, ...rest } = origin as Record<
        string,
        unknown
      >;
      assert.deepEqual(rest, {
        study: "study_definition",
        index_date: "2020-02-01",
        data: "dummy",
        parameters: { until: "2019-12-31" },
        files: {},
        today: null,
      });
      assert.match(String(data_version), /patients 30/);
      for (const hash of [definition, codelists]) assert.match(String(hash), /^[0-9a-f]{64}$/);
      assert.match(String(engine), /^\d/);
    });
  });

  it("are measured without marks where the key of these is damaged, with a warning that says so", async () => {
    await inMeasured(async (folder) => {
      mkdirSync(join(folder, "metadata"), { mode: 0o700 });
      writeFileSync(join(folder, "metadata/cohort-marks.key"), "not a key\n", { mode: 0o600 });
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
      assert.match(
        err,
        /not marked: metadata\/cohort-marks\.key cannot be used \(its key is damaged/,
      );
      assert.ok(!err.includes("not a key"));
      const isMarked = /"population": ?"[0-9a-f]{32}"/;
      assert.doesNotMatch(readFileSync(manifestFile(folder), "utf8"), isMarked);
      rmSync(join(folder, "metadata/cohort-marks.key"));
      await cohortline(folder, ["generate_measures"]);
      assert.match(readFileSync(manifestFile(folder), "utf8"), isMarked);
    });
  });

  it("are measured without a word where they do", async () => {
    await inMeasured(async (folder) => {
      for (const words of [[], ["--strict"], ["--skip-existing", "--strict"]]) {
        const { code, err } = await cohortline(folder, ["generate_measures", ...words]);
        assert.deepEqual([code, err], [0, ""]);
      }
    });
  });

  it("are named with what differs, once, and refused by --strict before anything is written", async () => {
    const cases: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
      "population of dummy patients": (folder) => cohortline(folder, dummy(31, ...oneMonth("02"))),
      seed: (folder) => cohortline(folder, [...dummy(30, ...oneMonth("02")), "--seed=x"]),
      parameters: (folder) =>
        cohortline(folder, [...dummy(30, ...oneMonth("02")), "--param", "until=2019-12-31"]),
      codelists: async (folder) => {
        writeFileSync(join(folder, FILE), study('["195967001", "233678006"]'));
        await cohortline(folder, dummy(30, ...oneMonth("01")));
        await cohortline(folder, dummy(30, ...oneMonth("03")));
      },
      definition: async (folder) => {
        const more = `died: patients.diedFromAnyCause({ onOrBefore: "index_date", returning: "binary_flag", returnExpectations: { incidence: 0.1 } }),`;
        writeFileSync(join(folder, FILE), study(undefined, more));
        await cohortline(folder, dummy(30, ...oneMonth("01")));
        await cohortline(folder, dummy(30, ...oneMonth("03")));
      },
      engine: (folder) => {
        alterManifest(folder, ({ files }) => {
          const { origin } = files["input_2020-02-01.csv"] ?? {};
          Object.assign(origin as object, { engine: "0.0.9" });
        });
        return Promise.resolve();
      },
    };
    const told: Record<string, RegExp> = {
      "population of dummy patients": /different data: .*patients 3[01].*patients 3[01]/,
      seed: /different data: .*seed (x|cohortline).*seed (x|cohortline)/,
      parameters: /1 cohort file .* made with other parameters .*now: "input_2020-02-01\.csv"/,
      codelists: /1 cohort file .* made with other codelists .*now: "input_2020-02-01\.csv"/,
      definition: /1 cohort file .* made with another definition .*now: "input_2020-02-01\.csv"/,
      engine: /different versions of cohortline: .*0\.0\.9/,
    };
    for (const [what, change] of Object.entries(cases)) {
      await inMeasured(async (folder) => {
        await change(folder);
        const strict = await cohortline(folder, ["generate_measures", "--strict"]);
        assert.equal(strict.code, 1, what);
        assert.match(strict.err, told[what] ?? /never/);
        assert.ok(!readdirSync(join(folder, "output")).some((name) => name.startsWith("measure_")));
        const { code, err } = await cohortline(folder, ["generate_measures"]);
        assert.equal(code, 0, what);
        assert.match(err, told[what] ?? /never/);
        assert.equal(err.match(/^warning:/gm)?.length, 1, err);
      });
    }
  });

  it("are of an older study if all were made before it changed", async () => {
    await inMeasured(async (folder) => {
      writeFileSync(join(folder, FILE), study('["233678006"]'));
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
      assert.match(
        err,
        /3 cohort files of study "study_definition" were made with other codelists/,
      );
    });
  });

  it("are never measured where dummy months lie beside real ones", async () => {
    await inMeasured(async (folder) => {
      alterManifest(folder, ({ files }) => {
        Object.assign(files["input_2020-03-01.csv"]?.["origin"] as object, { data: "database" });
      });
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 1);
      assert.match(
        err,
        /mix dummy and real data. Dummy data: "input_2020-01-01\.csv", "input_2020-02-01\.csv". From a database: "input_2020-03-01\.csv" \[cohort-data-mixed\]/,
      );
      assert.ok(!readdirSync(join(folder, "output")).some((name) => name.startsWith("measure_")));
      const made = await cohortline(folder, dummy(30, ...oneMonth("01")));
      assert.equal(made.code, 0);
      assert.deepEqual(codesOf(made), ["cohort-data-mixed"]);
    });
  });

  it("are not known where an older version or nobody recorded them, and that is said once", async () => {
    await inMeasured(async (folder) => {
      alterManifest(folder, ({ files }) => {
        delete files["input_2020-01-01.csv"]?.["origin"];
        Object.assign(files["input_2020-02-01.csv"] ?? {}, { origin: { data: 5 } });
        delete files["input_2020-03-01.csv"];
      });
      const told = await cohortline(folder, ["generate_measures"]);
      assert.equal(told.code, 0);
      assert.deepEqual(codesOf(told), ["cohort-files-foreign", "cohort-origin-unknown"]);
      assert.match(
        told.err,
        /1 cohort file .* is not in cohortline\.manifest\.json.*"input_2020-03-01\.csv"/,
      );
      const strict = await cohortline(folder, ["generate_measures", "--strict"]);
      assert.deepEqual([strict.code, codesOf(strict)], [1, codesOf(told)]);
    });
  });

  it("are named where their bytes differ from those recorded", async () => {
    await inMeasured(async (folder) => {
      const path = join(folder, "output/input_2020-02-01.csv");
      writeFileSync(path, `${readFileSync(path, "utf8")}31,F,1\n`);
      const strict = await cohortline(folder, ["generate_measures", "--strict"]);
      assert.deepEqual([strict.code, codesOf(strict)], [1, ["cohort-files-altered"]]);
      assert.ok(!readdirSync(join(folder, "output")).some((name) => name.startsWith("measure_")));
      const told = await cohortline(folder, ["generate_measures"]);
      assert.deepEqual([told.code, codesOf(told)], [0, ["cohort-files-altered"]]);
      assert.match(told.err, /1 cohort file .* has been modified .*"input_2020-02-01\.csv"/);
    });
  });
});

describe("a cohort file that cannot be read", () => {
  it("loses its own date only, and no combined file looks current", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const output = join(folder, "output");
      const before = contentsOf(output);
      rmSync(join(output, "input_2020-02-01.csv"));
      mkdirSync(join(output, "input_2020-02-01.csv"));
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 1);
      assert.doesNotMatch(err, /bug in cohortline|at async|Error:/);
      assert.match(err, /input_2020-02-01\.csv.*it is a folder/);
      assert.match(
        err,
        /measures of "2020-02-01" are missing; removed, because of an earlier run: "measure_ill\.csv"; left from an earlier run: "measure_ill_2020-02-01\.csv"/,
      );
      const names = readdirSync(output);
      assert.ok(!names.includes("measure_ill.csv"));
      for (const month of ["01", "03"])
        assert.ok(names.includes(`measure_ill_2020-${month}-01.csv`));
      rmSync(join(output, "input_2020-02-01.csv"), { recursive: true });
      writeFileSync(join(output, "input_2020-02-01.csv"), before["input_2020-02-01.csv"] ?? "");
      const again = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.deepEqual([again.code, again.err], [0, ""]);
      assert.deepEqual(contentsOf(output), before);
    });
  });

  it("leaves combined files as they are where nothing could be measured, or somebody changed them", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const output = join(folder, "output");
      writeFileSync(join(output, "input_2020-01-01.csv"), "");
      writeFileSync(join(output, "measure_ill.csv"), "mine");
      await cohortline(folder, ["generate_measures"]);
      assert.equal(readFileSync(join(output, "measure_ill.csv"), "utf8"), "mine");
      for (const month of ["02", "03"])
        writeFileSync(join(output, `input_2020-${month}-01.csv`), "");
      const none = await cohortline(folder, ["generate_measures"]);
      assert.equal(none.code, 1);
      assert.deepEqual(new Set(codesOf(none)), new Set(["cohort-files-altered", "empty-table"]));
      assert.equal(readFileSync(join(output, "measure_ill.csv"), "utf8"), "mine");
    });
  });
});
