import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { databaseUrl, inRecordedWorkspace, recordedFiles } from "./recorded-workspace.ts";
import { alone } from "./workspace.ts";

const STUDY = "analysis/study_definition.ts";

describe("a database that was opened", () => {
  it("is closed, and its folder for temporary files removed, where a file of the study is missing", async () => {
    const text = recordedFiles[STUDY] ?? "";
    const column = `  columns: {\n    band: patients.withValueFromFile("missing.csv", "band", "str"),`;
    const files = { [STUDY]: text.replace("  columns: {", column) };
    await inRecordedWorkspace(
      async (folder) => {
        const temporary = join(folder, "temporary");
        mkdirSync(temporary);
        const words = ["generate_cohort", `--database-url=${databaseUrl}`];
        const { code, err } = await alone(folder, words, { TMPDIR: temporary });
        assert.equal(code, 1);
        assert.match(err, /missing\.csv/);
        assert.deepEqual(readdirSync(temporary), []);
      },
      { files },
    );
  });
});
