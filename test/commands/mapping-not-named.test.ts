import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { extraction, inHomeMade, mapping, tables } from "./home-made-records.ts";
import { cohortline } from "./workspace.ts";

describe("a mapping file that comes with a study", () => {
  it("is not believed about tables that tell who opted out, unless the URL names it", () =>
    inHomeMade(
      async (_, run) => {
        const { code, err } = await run(...extraction());
        assert.equal(code, 1);
        assert.match(err, /\[mapping-not-named\]/);
        const named = await run(...extraction("?records=records.yaml"));
        assert.equal(named.code, 0, named.err);
      },
      { made: [...tables, "CREATE TABLE ward.Patient (Patient_ID BIGINT)"] },
    ));

  it("lets nobody in who opted out, unless it says who did not, or the URL that all are wanted", () =>
    inHomeMade(
      async (folder, run) => {
        const named = extraction("?records=records.yaml");
        assert.match(
          (await run(...named)).err,
          /AllowedPatientsWithTypeOneDissent.*\[mapping-lets-in\]/,
        );
        const all = extraction("?records=records.yaml&opensafely_include_t1oo=true");
        assert.equal((await run(...all)).code, 0);
        const cohort = join(folder, "output/input_2020-01-01.csv");
        const [header, ...everybody] = readFileSync(cohort, "utf8").trim().split("\n");
        assert.ok(everybody.length > 1, header);
        const from = "from: ward.AllowedPatientsWithTypeOneDissent";
        const own = `${mapping}  patients_not_opted_out: {${from}, fields: {patient_id: Patient_ID}}\n`;
        writeFileSync(join(folder, "records.yaml"), own);
        const kept = await run(...named);
        assert.equal(kept.code, 0, kept.err);
        assert.equal(readFileSync(cohort, "utf8").trim().split("\n").length, 2);
      },
      {
        made: [
          ...tables,
          "CREATE TABLE ward.AllowedPatientsWithTypeOneDissent AS SELECT 1 AS Patient_ID",
        ],
      },
    ));

  it("is read in the study's folder only, links followed, and only as far as anybody writes", () =>
    inHomeMade(async (folder, run) => {
      mkdirSync(join(folder, "study"));
      writeFileSync(join(folder, "study", "large.yaml"), `#${"x".repeat(2_000_000)}\n`);
      writeFileSync(join(folder, "study", "bytes.yaml"), Buffer.from([0x61, 0xff, 0xfe]));
      symlinkSync("../records.yaml", join(folder, "study", "link.yaml"));
      mkdirSync(join(folder, "study", "analysis"));
      writeFileSync(
        join(folder, "study", "analysis", "study_definition.ts"),
        readFileSync(join(folder, "analysis", "study_definition.ts")),
      );
      const codes: readonly (readonly [string, string])[] = [
        ["link.yaml", "file-outside-workspace"],
        ["../records.yaml", "file-outside-workspace"],
        ["large.yaml", "file-too-large"],
        ["bytes.yaml", "mapping-syntax"],
        ["analysis", "file-is-a-folder"],
        ["none.yaml", "mapping-missing"],
      ];
      for (const [file, code] of codes) {
        const { err } = await cohortline(join(folder, "study"), [
          "generate_cohort",
          `--database-url=duckdb:../records.duckdb?records=${file}`,
        ]);
        assert.match(err, new RegExp(`\\[${code}\\]`), file);
      }
      const both = await run(...extraction("?records=records.yaml&provider=tpp"));
      assert.match(both.err, /\[mapping-and-provider\]/);
    }));
});
