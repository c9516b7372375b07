import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortJoiner } from "../../engine/commands/cohort-joiner.ts";
import type { RunEvent } from "../../engine/commands/context.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { writeTable } from "../../engine/table/write-table.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { cohortline, inWorkspace, smallWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const files: Files = {
  "output/input_2021-01-01.csv": 'patient_id,age,name\n1,007,Ann\n2,,"O, ""x"""\n4,1.50,Di\n',
  "output/input_2021-02-01.csv": "patient_id,age,name\n5,1,E\n",
  "output/input_region.csv": "age,patient_id,imd\n9,4,5\n8,3,4\n7,1,0\n",
  "output/input_region2.csv": "patient_id,imd\n",
  "output/twice.csv": "patient_id,imd\n1,2\n1,2\n",
  "output/nobody.csv": "patient,imd\n1,2\n",
  "output/halves.csv": "patient_id,imd\n1.5,2\n",
  "output/taken.csv": "patient_id,age_x,age\n1,2,3\n",
  "output/notes.txt": "hello",
};

const words = (lhs: string, rhs: string, ...more: readonly string[]) => [
  "cohort_joiner",
  ...["--lhs", lhs, "--rhs", rhs, "--output-dir", "output/joined", ...more],
];

describe("cohort_joiner", () => {
  it("keeps cells as they are written, left columns first, and sorts what is not in order", () =>
    inWorkspace(files, async (folder) => {
      const { code, out, err } = await cohortline(
        folder,
        words("output/input_2021-0?-01.csv", "output/input_region.c*"),
      );
      assert.equal(code, 0, err);
      assert.match(out, /Wrote 2 files to output\/joined, 1 to 3 patients each/);
      const joined = (name: string) => readFileSync(join(folder, "output/joined", name), "utf8");
      assert.equal(
        joined("input_2021-01-01.csv"),
        'patient_id,age_x,name,age_y,imd\n1,007,Ann,7,0\n2,,"O, ""x""",,\n4,1.50,Di,9,5\n',
      );
      assert.equal(joined("input_2021-02-01.csv"), "patient_id,age_x,name,age_y,imd\n5,1,E,,\n");
      // Nobody knows who made the inputs, so nothing is said of what came out.
      assert.deepEqual(readdirSync(join(folder, "output/joined")).sort(), [
        "input_2021-01-01.csv",
        "input_2021-02-01.csv",
      ]);
    }));

  it("does not join the right file to itself, whose name the pattern of the left may match", () =>
    inWorkspace(files, async (folder) => {
      const { out } = await cohortline(
        folder,
        words("output/input_[2r]*.csv", "output/input_region.csv", "--json"),
      );
      assert.match(out, /output\/input_region.csv matches --lhs too/);
      assert.equal(readdirSync(join(folder, "output/joined")).includes("input_region.csv"), false);
    }));

  it("tells what keeps files from being joined, and writes none of them", () =>
    inWorkspace(files, async (folder) => {
      const january = "output/input_2021-01-01.csv";
      const cases: readonly (readonly [words: readonly string[], message: RegExp])[] = [
        [
          words("output/inptu_2021-01-01.csv", "output/input_region.csv"),
          /No file matches --lhs "output\/inptu_2021-01-01.csv"[^]*Nearest: "output\/input_2021-01-01.csv"/,
        ],
        [
          words(january, "nowhere/input.csv"),
          /No file matches --rhs "nowhere\/input.csv"[^]*among needs:/,
        ],
        [
          words(january, "output/input_region*.csv"),
          /--rhs "output\/input_region\*.csv" matches more than one file: .*input_region.csv.*input_region2.csv/,
        ],
        [words(january, january), /No file matches --lhs/],
        [
          words(january, "output/twice.csv"),
          /A patient occurs more than once in "output\/twice.csv"/,
        ],
        [
          words("output/twice.csv", january),
          /A patient occurs more than once in "output\/twice.csv"/,
        ],
        [words(january, "output/nobody.csv"), /has no column "patient_id"[^]*Nearest: "patient"/],
        [words(january, "output/halves.csv"), /holds something other than a whole number in row 2/],
        [words(january, "output/taken.csv"), /two columns "age_x"/],
        [
          words(january, "output/notes.txt"),
          /The name "output\/notes.txt" does not say which format/,
        ],
        [
          [
            "cohort_joiner",
            "--lhs",
            january,
            "--rhs",
            "output/twice.csv",
            "--output-dir",
            "./output",
          ],
          /would replace their inputs: --output-dir ".\/output" holds "output\/input_2021-01-01.csv"/,
        ],
        [
          words(january, "output/input_region.csv", "--skip-exsting"),
          /unknown option '--skip-exsting'\s+\(Did you mean --skip-existing\?\)/,
        ],
      ];
      for (const [given, message] of cases) {
        const { code, err } = await cohortline(folder, given);
        assert.notEqual(code, 0);
        assert.match(err, message);
        assert.doesNotMatch(err, /Ann|1\.5\b/);
      }
      const left = readdirSync(join(folder, "output")).filter((name) => name === "joined");
      assert.deepEqual(
        left.flatMap((name) => readdirSync(join(folder, "output", name))),
        [],
      );
    }));

  it("refuses a right side of csv where the left has types, which csv does not say", () =>
    inWorkspace(files, async (folder) => {
      const schema = [{ name: "patient_id", type: "int" }] as const;
      const batches = [
        { rows: 1, columns: [{ type: "int", values: Float64Array.of(1) }] },
      ] as const;
      await writeTable({
        path: join(folder, "output/a.feather"),
        format: "feather",
        schema,
        batches,
      });
      const { err } = await cohortline(
        folder,
        words("output/a.feather", "output/input_region.csv"),
      );
      assert.match(err, /csv does not say which of its columns are numbers or dates/);
    }));
});

describe("joined files of the engine's own", () => {
  const make = (folder: string, output: string, ...source: readonly string[]) =>
    cohortline(folder, [
      "generate_cohort",
      "--index-date-range",
      "2020-01-01",
      "--output-dir",
      output,
      ...source,
    ]);
  const dummy = ["--expectations-population", "20"];
  const records = [
    "--database-url",
    `duckdb:${join(import.meta.dirname, "../../fixtures/patients")}`,
  ];

  it("are never of dummy and real data, and say from what they were made", () =>
    inWorkspace(smallWorkspace, async (folder) => {
      await make(folder, "dummy", ...dummy);
      await make(folder, "real", ...records);
      for (const [left, right] of [
        ["dummy", "real"],
        ["real", "dummy"],
      ] as const) {
        const { code, err } = await cohortline(
          folder,
          words(`${left}/input_2*.csv`, `${right}/input_2*.csv`),
        );
        assert.equal(code, 1);
        assert.match(
          err,
          /"dummy\/input_2020-01-01.csv" is dummy data, "real\/input_2020-01-01.csv" is from a database/,
        );
      }
      mkdirSync(join(folder, "right"));
      cpSync(join(folder, "real/input_2020-01-01.csv"), join(folder, "right/region.csv"));
      const { code, err } = await cohortline(
        folder,
        words("real/input_2*.csv", "right/region.csv"),
      );
      assert.equal(code, 0, err);
      const manifest = readFileSync(join(folder, "output/joined/cohortline.manifest.json"), "utf8");
      const { origin } =
        (
          JSON.parse(manifest) as {
            files: Record<string, { origin: { data: string; files: object } }>;
          }
        ).files["input_2020-01-01.csv"] ?? {};
      assert.equal(origin?.data, "database");
      assert.deepEqual(Object.keys(origin.files), ["right/region.csv"]);
    }));

  it("are kept by --skip-existing as long as both sides are the same, and altered sides are told of", () =>
    inWorkspace(smallWorkspace, async (folder) => {
      await make(folder, "output", ...dummy);
      writeFileSync(join(folder, "right.csv"), "patient_id,imd\n1,2\n");
      const given = words("output/input_2*.csv", "right.csv", "--skip-existing");
      assert.match((await cohortline(folder, given)).out, /Wrote 1 file/);
      assert.match((await cohortline(folder, given)).out, /kept 1 file/);
      appendFileSync(join(folder, "right.csv"), "2,3\n");
      assert.match((await cohortline(folder, given)).out, /Wrote 1 file/);
      appendFileSync(join(folder, "output/input_2020-01-01.csv"), "");
      const changed = readFileSync(join(folder, "output/input_2020-01-01.csv"), "utf8").replace(
        /,F,/,
        ",M,",
      );
      writeFileSync(join(folder, "output/input_2020-01-01.csv"), changed);
      const { code, err } = await cohortline(folder, given);
      assert.equal(code, 0);
      assert.match(err, /Modified since they were made .*output\/input_2020-01-01.csv/);
      const manifest = readFileSync(join(folder, "output/joined/cohortline.manifest.json"), "utf8");
      assert.doesNotMatch(manifest, /input_2020-01-01/);
    }));

  it("are refused in a pipeline where a side is not what its action made", () =>
    inWorkspace(files, async (folder) => {
      const events: RunEvent[] = [];
      const path = "output/input_region.csv";
      const context = {
        ...quietContext(folder, events),
        recordedInputs: { [path]: { action: "region", sha256: "0".repeat(64) } },
      };
      const request = requestFor("cohort_joiner", {
        lhs: "output/input_2021-01-01.csv",
        rhs: path,
      });
      await assert.rejects(
        cohortJoiner(request, context),
        /Modified since they were made .*input_region.csv/,
      );
    }));
});
