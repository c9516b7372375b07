import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { PATIENTS_AT_ONCE } from "../../engine/backend/database/records.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { databasePath, inRecordedWorkspace } from "../commands/recorded-workspace.ts";
import { sectionsOf } from "../house/markdown.ts";
import { identifier, sql } from "../../engine/text/sql.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "engine/backend/README.md"), "utf8");
const section = sectionsOf(page).find(({ heading }) => heading === "Databases");
const commands = (section?.blocks ?? [])
  .filter(({ language }) => language === "sh")
  .flatMap(({ body }) => body.trim().split("\n"));

/** The database under the names that the page gives it: a file, and a folder. */
async function provided(folder: string): Promise<void> {
  cpSync(join(folder, databasePath), join(folder, "records.duckdb"));
  mkdirSync(join(folder, "records"));
  const db = await openDuckDb({ path: join(folder, "records.duckdb"), readOnly: true });
  try {
    for (const table of ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"]) {
      await db.run(sql`COPY ${identifier(table)} TO ${`${folder}/records/${table}.parquet`}`);
    }
  } finally {
    db.close();
  }
}

describe("the commands on the page of databases", () => {
  it("are some", () => {
    assert.ok(commands.length >= 6);
  });

  it("do as they are typed, one after the other", () =>
    inRecordedWorkspace(async (folder) => {
      await provided(folder);
      const cohortline = `cohortline() { "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"; }`;
      for (const command of commands) {
        const { status, stderr } = spawnSync("sh", ["-c", `${cohortline}\n${command}`], {
          cwd: folder,
          env: { ...process.env, DATABASE_URL: "" },
          encoding: "utf8",
        });
        // One after the other they write months of different databases into one folder, which is told, and so is
        // what is found of each codelist.
        const told = stderr
          .replace(/^warning: .*\[cohort-files-differ\]\n {2}.*\n/m, "")
          .replace(/^codelist of column .* codes occur\n/gm, "");
        assert.deepEqual({ command, status, told }, { command, status: 0, told: "" });
      }
    }));

  it("work on as many patients at once as the page says", () => {
    const [, told = ""] =
      /patients are worked on at once; ([\d,]+) if not given/.exec(section?.text ?? "") ?? [];
    assert.equal(Number(told.replaceAll(",", "")), PATIENTS_AT_ONCE);
  });
});
