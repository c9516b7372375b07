/** What a program action sees of a study: code, the outputs that it needs, and nothing else. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, programs } from "./study-in.ts";
import type { StudyIn } from "./study-in.ts";

const WALK = `
  const seen = fs.readdirSync(".", { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => require("node:path").relative(".", entry.parentPath + "/" + entry.name)).sort();
  for (const file of seen) console.log(fs.readFileSync(file, "latin1"));
  fs.writeFileSync("seen.json", JSON.stringify(seen));`;

const SECRET = "secret-of-a-patient";
const walker = programs({ walk: { script: WALK, high: "seen.json" } });

function put(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function git(folder: string, ...words: readonly string[]): string {
  const who = ["-c", "user.name=ada", "-c", "user.email=ada@example.org"];
  return execFileSync("git", [...who, ...words], { cwd: folder, encoding: "utf8" });
}

async function seenBy({ folder, run }: StudyIn): Promise<readonly string[]> {
  await run(["walk"]);
  return JSON.parse(readFileSync(join(folder, "seen.json"), "utf8")) as string[];
}

/** Whole pages, as the programs write them. */
function database(kind: "duckdb" | "sqlite"): Buffer {
  const bytes = Buffer.alloc(8192);
  bytes.write(kind === "duckdb" ? "\0\0\0\0\0\0\0\0DUCK" : "SQLite format 3\0", "latin1");
  bytes.write(SECRET, 5000);
  return bytes;
}

const manifest = JSON.stringify({ manifest: 1, files: { "input_2020-01-01.csv": {} } });

describe("a program that prints every file it finds", () => {
  it("finds what git tracks or does not ignore, and of that no patients", async () => {
    await inStudy(walker, async (study) => {
      const { folder, ask } = study;
      git(folder, "init", "-q");
      put(folder, {
        ".gitignore": "*.secret\n/records/\n!kept.secret\ntracked/\n",
        "a.secret": SECRET,
        "kept.secret": "1",
        "tracked/in.txt": "2",
        "tracked/out.txt": SECRET,
        "records/patients.csv": SECRET,
        "new/untracked.R": "3",
        "data/records.db": database("duckdb"),
        "data/records.db.wal": SECRET,
        "data/old.sqlite": database("sqlite"),
        "hand-made/cohortline.manifest.json": manifest,
        "hand-made/input_2020-01-01.csv": SECRET,
        "hand-made/copied.rds": SECRET,
        "hand-made/read.py": "4",
        "hand-made/.gitkeep": "",
        "env/pyvenv.cfg": "",
        "env/lib/x.py": SECRET,
        "big.bin": "",
      });
      truncateSync(join(folder, "big.bin"), 50 * 1024 * 1024 + 1);
      symlinkSync("data/records.db", join(folder, "link.db"));
      git(folder, "add", "-f", "tracked/in.txt");
      assert.deepEqual(await seenBy(study), [
        ...[".gitignore", "analysis/walk.js", "hand-made/.gitkeep", "hand-made/read.py"],
        "kept.secret",
        ...["new/untracked.R", "project.yaml", "tracked/in.txt"],
      ]);
      const printed = join(folder, "metadata/printed/walk.txt");
      assert.doesNotMatch(readFileSync(printed, "latin1"), new RegExp(SECRET));
      assert.equal(statSync(printed).mode & 0o77, 0);
      assert.equal(statSync(dirname(printed)).mode & 0o77, 0);
      const told = (await ask("run", ["walk"], { localTools: true })).told.join("\n");
      assert.match(told, /data\/records\.db is left out of every action: it is a database/);
      assert.match(told, /big\.bin is left out of every action: it is larger than 50 MiB/);
      assert.match(told, /hand-made\/copied\.rds .*: it lies in a folder of cohort files/);
      assert.doesNotMatch(told, /a\.secret|pyvenv/);
    });
  });

  it("finds nothing that the URL of the database names", async () => {
    await inStudy(walker, async (study) => {
      put(study.folder, { "records/Patient.csv": SECRET, "more/x.csv": SECRET, "y.csv": "1" });
      const databaseUrl = "duckdb:records?allow=more";
      await study.run(["walk"], { databaseUrl });
      assert.doesNotMatch(readFileSync(join(study.folder, "seen.json"), "utf8"), /records|more/);
    });
  });

  it("finds without a repository what no .gitignore leaves out", async () => {
    await inStudy(walker, async (study) => {
      put(study.folder, {
        ".gitignore": "x.csv\n",
        "x.csv": SECRET,
        "sub/x.csv": SECRET,
        "y.csv": "1",
      });
      assert.deepEqual(await seenBy(study), [
        ...[".gitignore", "analysis/walk.js", "project.yaml", "y.csv"],
      ]);
    });
  });
});

describe("what git would list", () => {
  const rules = [
    ...["*.dat", "!keep.dat", "/top.txt", "build/", "doc/*.txt", "**/deep/x", "a/**/z", "all/**"],
    ...[
      "# note",
      "\\#hash",
      "\\!bang",
      "trail\\ ",
      "blank  ",
      "q?x",
      "[a-c]1",
      "[!a-c]2",
      "*a*b*c",
      "s*/",
    ],
  ];
  const paths = [
    ...["keep.dat", "x.dat", "sub/x.dat", "top.txt", "sub/top.txt", "build/o", "sub/build/o"],
    ...["buildx", "doc/a.txt", "doc/b/a.txt", "deep/x", "p/deep/x", "p/deep/y", "a/z", "a/b/c/z"],
    ...[
      "all/one",
      "all/two/three",
      "#hash",
      "!bang",
      "trail ",
      "blank",
      "qzx",
      "qx",
      "a1",
      "d1",
      "a2",
    ],
    ...[
      "d2",
      "xaybzc",
      "abd",
      "star/x",
      "s",
      "nested/.gitignore",
      "nested/x.dat",
      "nested/y",
      "é.csv",
    ],
  ];

  it("is what a study consists of, in every form that an index has", async () => {
    await inStudy(walker, async (study) => {
      const { folder } = study;
      git(folder, "init", "-q");
      put(folder, Object.fromEntries(paths.map((path) => [path, path])));
      put(folder, { ".gitignore": rules.join("\n"), "nested/.gitignore": "!x.dat\ny\n" });
      writeFileSync(join(folder, ".git/info/exclude"), "d1\n");
      git(folder, "add", "-f", "sub/x.dat", "build/o", "all/two/three");
      for (const version of ["2", "4"]) {
        git(folder, "update-index", "--index-version", version);
        const listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        const wanted = listed
          .split("\0")
          .filter((path) => path !== "" && !path.startsWith("metadata"));
        const seen = await seenBy(study);
        assert.deepEqual(seen, wanted.filter((path) => path !== "seen.json").sort());
      }
    });
  });

  it("is found in time though a pattern has many stars", async () => {
    await inStudy(walker, async (study) => {
      put(study.folder, { ".gitignore": `${"*a".repeat(30)}b\n`, ["a".repeat(200)]: "1" });
      assert.equal((await seenBy(study)).length, 4);
    });
  });
});

describe("odd names and folders", () => {
  it("are told as they can be shown, left out where ignored, and no bug", async () => {
    await inStudy(walker, async (study) => {
      const { folder, ask } = study;
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/odd-`), Buffer.from([0xff])]), "");
      const { problems } = await ask("plan");
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["code-name-not-text"],
      );
      assert.match(problems[0]?.message ?? "", /"odd-\uFFFD" has a name that is not UTF-8/);
      study.write(".gitignore", "odd-*\n");
      assert.deepEqual((await ask("plan")).problems, []);
    });
  });

  it("are no matter where they are deep, or lead in circles", async () => {
    await inStudy(walker, async (study) => {
      const deep = Array<string>(600).fill("d").join("/");
      put(study.folder, { [`${deep}/x.R`]: "1" });
      symlinkSync("..", join(study.folder, "analysis/up"));
      symlinkSync("loop", join(study.folder, "loop"));
      assert.ok((await seenBy(study)).includes(`${deep}/x.R`));
    });
  });
});

describe("check", () => {
  it("warns where git tracks outputs or databases", async () => {
    await inStudy(walker, async ({ folder }) => {
      const { cohortline } = await import("../commands/workspace.ts");
      git(folder, "init", "-q");
      put(folder, { "seen.json": "[]", "x.duckdb": database("duckdb") });
      assert.doesNotMatch((await cohortline(folder, ["check"])).err, /git tracks/);
      git(folder, "add", "-f", "seen.json", "x.duckdb");
      const { err, code } = await cohortline(folder, ["check"]);
      assert.equal(code, 0);
      assert.match(err, /git tracks seen\.json, which an action makes/);
      assert.match(err, /git tracks x\.duckdb, which is a database/);
    });
  });
});
