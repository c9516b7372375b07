import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { partialPathFor } from "../../engine/files/partial-files.ts";
import { cohortline, inWorkspace, smallWorkspace, start } from "./workspace.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const small = ["generate_dummy_tables", "--patients=50", "--output-file=made/dummy.duckdb"];

async function count(file: string, from: string): Promise<number> {
  const db = await openDuckDb({ path: file, readOnly: true });
  const [row] = await db.rows(sql`SELECT count(*)::INTEGER AS n FROM ${trustedSql(from)}`);
  db.close();
  return Number(row?.["n"]);
}

describe("generate_dummy_tables", () => {
  it("writes a database and nothing beside it, without any study", async () => {
    await inWorkspace({}, async (folder) => {
      const { code, out, err } = await cohortline(folder, small);
      assert.deepEqual({ code, out, err }, { code: 0, out: "Wrote 1 file.\n", err: "" });
      assert.deepEqual(readdirSync(join(folder, "made")), ["dummy.duckdb"]);
      assert.equal(await count(join(folder, "made/dummy.duckdb"), `"Patient"`), 50);
    });
  });

  it("records what the study looks for", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, [...small, "--study-definition=study_definition"]);
      const asthma = `"CodedEvent_SNOMED" WHERE "ConceptID" = '195967001'`;
      const wanted = await count(join(folder, "made/dummy.duckdb"), asthma);
      await cohortline(folder, [...small, "--force"]);
      assert.ok(wanted > 3 * (await count(join(folder, "made/dummy.duckdb"), asthma)));
    });
  });

  it("tells of each table when asked to, as text or as JSON", async () => {
    await inWorkspace({}, async (folder) => {
      const { err } = await cohortline(folder, [...small, "--verbose"]);
      assert.match(err, /^Patient: 50 rows$/m);
      assert.match(err, /^wrote made\/dummy\.duckdb \(\d+ rows, \d+ bytes\)$/m);
      const { out } = await cohortline(folder, [...small, "--force", "--json"]);
      const events = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { kind: string });
      assert.equal(events.at(-1)?.kind, "written");
      const quiet = await cohortline(folder, [...small, "--force", "--quiet"]);
      assert.deepEqual([quiet.out, quiet.err], ["", ""]);
    });
  });

  it("takes threads in any number above 0, and says where fewer fit in memory", async () => {
    await inWorkspace({}, async (folder) => {
      for (const jobs of ["0", "-2", "many", "1.5", ""]) {
        const { code, err } = await cohortline(folder, [...small, `--jobs=${jobs}`]);
        assert.equal(code, 2, jobs);
        assert.match(err, /--jobs <n>.*It must be a whole number above 0, in digits only/);
        assert.equal(existsSync(join(folder, "made/dummy.duckdb")), false);
      }
      const { code, err } = await cohortline(folder, [...small, "--jobs=1000000", "--verbose"]);
      assert.equal(code, 0, err);
      assert.match(err, /^works with 32 threads: more do not fit in the memory it may take$/m);
    });
  });

  it("leaves a database alone that is there already, unless told to replace it", async () => {
    await inWorkspace({ "made/dummy.duckdb": "precious" }, async (folder) => {
      const refused = await cohortline(folder, small);
      assert.equal(refused.code, 2);
      assert.match(
        refused.err,
        /"made\/dummy\.duckdb" exists already \[database-exists\]\n.*--force/,
      );
      assert.equal(readFileSync(join(folder, "made/dummy.duckdb"), "utf8"), "precious");
      // A log left by another program belongs to the database that goes.
      writeFileSync(join(folder, "made/dummy.duckdb.wal"), "old");
      assert.equal((await cohortline(folder, [...small, "--force"])).code, 0);
      assert.deepEqual(readdirSync(join(folder, "made")), ["dummy.duckdb"]);
    });
  });

  it("leaves one alone that another command made meanwhile", async () => {
    await inWorkspace({ "made/note.txt": "" }, async (folder) => {
      const { ended } = start(folder, small);
      const seen = watch(join(folder, "made"), () => {
        writeFileSync(join(folder, "made/dummy.duckdb"), "precious");
        seen.close();
      });
      const { code, err } = await ended;
      assert.equal(code, 2);
      assert.match(err, /\[database-exists\]/);
      assert.equal(readFileSync(join(folder, "made/dummy.duckdb"), "utf8"), "precious");
      assert.deepEqual(readdirSync(join(folder, "made")), ["dummy.duckdb", "note.txt"]);
    });
  });

  it("clears what a killed run left in the folder", async () => {
    await inWorkspace({}, async (folder) => {
      const left = partialPathFor(join(folder, "made/dummy.duckdb")).replace(
        /-\d+-/,
        "-999999999-",
      );
      mkdirSync(left, { recursive: true });
      writeFileSync(join(left, "records.duckdb"), "half");
      await cohortline(folder, small);
      assert.ok(!existsSync(left));
    });
  });

  it("says what is wrong with the command line, and begins nothing", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const mistakes: readonly (readonly [words: readonly string[], told: RegExp])[] = [
        [["--output-file=x.duckdb"], /--patients/],
        [["--patients=10"], /--output-file/],
        [["--patients=0", "--output-file=x.duckdb"], /whole number above 0/],
        [["--patients=10", "--output-file=x.csv"], /must end in \.duckdb/],
        [["--patients=10", "--output-file=.duckdb"], /must end in \.duckdb/],
        [
          ["--patients=10", "--output-file=x.duckdb", "--study-definition=study_definitoin"],
          /no study "study_definitoin"/,
        ],
      ];
      for (const [words, told] of mistakes) {
        const { code, err } = await cohortline(folder, ["generate_dummy_tables", ...words]);
        assert.equal(code, 2, err);
        assert.match(err, told);
      }
      assert.deepEqual(readdirSync(folder), ["analysis"]);
    });
  });

  it("writes the tables of OMOP as a database, or as a folder of Parquet files", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const made = ["generate_dummy_tables", "--patients=30", "--layout=omop"];
      const study = "--study-definition=study_definition";
      const one = await cohortline(folder, [...made, study, "--output-file=a/omop.duckdb"]);
      assert.deepEqual([one.code, one.out, one.err], [0, "Wrote 1 file.\n", ""]);
      const asthma = `concept WHERE concept_code = '195967001' AND vocabulary_id = 'SNOMED'`;
      assert.equal(await count(join(folder, "a/omop.duckdb"), asthma), 1);
      const all = [...made, study, "--output-file=a/records"];
      assert.equal((await cohortline(folder, all)).out, "Wrote 17 files.\n");
      const person = "read_parquet('a/records/person.parquet')".replace("a/", `${folder}/a/`);
      const people = await count(join(folder, "a/omop.duckdb"), person);
      assert.equal(people, await count(join(folder, "a/omop.duckdb"), "person"));
      const again = await cohortline(folder, all);
      assert.match(again.err, /"a\/records" exists already \[database-exists\]/);
      assert.equal((await cohortline(folder, [...all, "--force"])).code, 0);
      writeFileSync(join(folder, "a/records/notes.txt"), "precious");
      const refused = await cohortline(folder, [...all, "--force"]);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /it holds "notes\.txt", which this command did not write/);
      assert.equal(readFileSync(join(folder, "a/records/notes.txt"), "utf8"), "precious");
      assert.deepEqual(readdirSync(join(folder, "a")), ["omop.duckdb", "records"]);
      const named = await cohortline(folder, [...made, "--output-file=records.csv"]);
      assert.match(named.err, /must end in \.duckdb, or be a folder's name without a dot/);
    });
  });

  it("tells a folder of the database's name", async () => {
    await inWorkspace({ "made/dummy.duckdb/x": "" }, async (folder) => {
      const { code, err } = await cohortline(folder, [...small, "--force"]);
      assert.equal(code, 1);
      assert.match(err, /it is a folder\. \[file-is-a-folder\]/);
    });
  });

  it("leaves nothing when a person presses Ctrl-C", async () => {
    await inWorkspace({}, async (folder) => {
      const words = ["generate_dummy_tables", "--patients=300000", "--output-file=large.duckdb"];
      const { process: child, ended } = start(folder, words);
      // The folder of the unfinished database is the sign that the run is under way.
      const watch = setInterval(() => {
        if (readdirSync(folder).length === 0) return;
        clearInterval(watch);
        child.kill("SIGINT");
      }, 20);
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.match(err, /nothing was written to "large\.duckdb" \[interrupted-database\]/);
      assert.deepEqual(readdirSync(folder), []);
    });
  });
});
