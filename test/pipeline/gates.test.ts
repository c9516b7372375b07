/** What researchers may see of files and words that programs make of patients, through the real command. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Ended } from "../commands/workspace.ts";

/** Numbers of patients, far apart, so that none is met by chance. */
const PATIENTS = "Array.from({ length: 60 }, (_, i) => 50_000_017 + i * 7_919)";
const NHS = `
  const checked = (nine) => {
    const sum = [...nine].reduce((all, digit, i) => all + digit * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    return check === 10 ? null : nine + check;
  };
  const nhs = [];
  for (let i = 0; nhs.length < 4999; i++) {
    const number = checked(String(401_000_000 + i * 37));
    if (number !== null) nhs.push(number);
  }
  const zeros = nhs.filter((number) => number.endsWith("0")).slice(0, 40);
  const wrong = nhs.slice(0, 40).map((n) => n.slice(0, 9) + ((Number(n[9]) + 1) % 10));`;

const make = `
  const ids = ${PATIENTS};
  const row = (id, i) => id + "," + (i % 2 ? "F" : "M") + "," + (20 + i);
  const table = ["id,sex,age", ...ids.map(row), ""].join("\\n");
  put("cohort.csv", table);
  put("handed.csv", table);
  console.log("a value of a patient: " + ids[0]);
console.error("PatientError: bad value " + ids[1]);`;

/** Tells nothing of patients by any name: only what was read tells it. */
const renamed = `
  const rows = fs.readFileSync("cohort.csv", "utf8").trim().split("\\n").slice(1);
  put("renamed.csv", ["z", ...rows.map((row) => row.split(",")[0]), ""].join("\\n"));`;

/** Each file that is tried: why it is withheld, or null where it may be seen. */
const tried: Readonly<Record<string, readonly [content: string, reason: RegExp | null]>> = {
  "names.csv": ['"patient_id,n\\n1,2\\n"', /column patient_id/],
  "most-nhs.csv": ['column(["see note", ...nhs])', /NHS numbers/],
  "few-nhs.csv": ['column(["?", ...nhs.slice(0, 5)])', /NHS numbers in the column key/],
  "all-nhs.csv": ["column(nhs)", /NHS numbers/],
  "one-nhs.csv": ['column(["?", ...Array(20).fill(nhs[0])])', /NHS numbers/],
  "zero-nhs.csv": ["column(zeros)", /NHS numbers/],
  "nhs.txt": ['"Seen: " + [wrong[0], ...nhs.slice(0, 9)].join(" and ") + "."', /NHS numbers/],
  "same-digits.csv": ['column(Array(20).fill("0000000000"))', null],
  "wrong-checksums.csv": ["column(wrong)", null],
  "5000-rows.csv": ["column(Array(5000).fill(1))", null],
  "5001-rows.csv": ["column(Array(5001).fill(1))", /5001 rows/],
  "5001-rows-cr.csv": ['column(Array(5001).fill(1)).replaceAll("\\n", "\\r")', /rows/],
  "ids.csv": ["column(ids)", /patients' numbers/],
  "some-ids.txt": ['"Left out: " + ids.slice(3, 16).join(", ")', /patients' numbers/],
  "ages.csv": ['column(rows.map((row) => row.split(",")[2]))', /a row for each patient/],
  "handed.csv": ['fs.readFileSync("handed.csv", "utf8")', /patients' numbers/],
  "counts.csv": ['"sex,n\\nF,30\\nM,30\\n"', null],
};

const TRY = (level: string): string => `
  const rows = fs.readFileSync("cohort.csv", "utf8").trim().split("\\n").slice(1);
  const ids = rows.map((row) => row.split(",")[0]);
  const column = (cells) => ["key", ...cells, ""].join("\\n");${NHS}
  ${Object.entries(tried)
    .map(([name, [content]]) => `put("${level}/${name}", ${content});`)
    .join("\n  ")}
  const known = fs.readdirSync("${level}").map((name) => [name, entry("${level}/" + name)]);
  put("${level}/cohortline.manifest.json", JSON.stringify({ manifest: 1, files: Object.fromEntries(known) }));`;

const script = (body: string): string => `
  const fs = require("node:fs");
  const { createHash } = require("node:crypto");
  const { dirname } = require("node:path");
  const put = (path, text) => {
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(path, text);
  };
  const entry = (path) => {
    const bytes = fs.readFileSync(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { fingerprint: "x", rows: 1, bytes: bytes.length, sha256 };
  };
  ${body}
`;

const action = (name: string, needs: string, outputs: string): string => `
  ${name}:
    run: node:v1 node analysis/${name}.js
    needs: [${needs}]
    outputs:
${outputs}`;
const level = (name: string, ...files: readonly (readonly [string, string])[]): string =>
  [`      ${name}:`, ...files.map(([key, pattern]) => `        ${key}: ${pattern}`)].join("\n");

const HIGH = level("highly_sensitive", ["cohort", "cohort.csv"], ["handed", "handed.csv"]);
const files = {
  "analysis/make.js": script(make),
  "analysis/renamed.js": script(renamed),
  "analysis/again.js": script(
    'const z = fs.readFileSync("renamed.csv", "utf8"); put("again/list.csv", z.replace("z", "a,z").replace(/\\n(?=\\d)/g, "\\n1,"));',
  ),
  "analysis/moderate.js": script(TRY("moderate")),
  "analysis/minimal.js": script(TRY("minimal")),
  "analysis/levels.js": script('put("levels/a.csv", "n\\n1\\n"); put("levels/b.csv", "n\\n2\\n");'),
  "project.yaml": `version: 5\nactions:${[
    action("make", "", HIGH),
    action("renamed", "make", level("highly_sensitive", ["list", "renamed.csv"])),
    action("again", "renamed", level("moderately_sensitive", ["list", "again/*.csv"])),
    action(
      "moderate",
      "make",
      level("moderately_sensitive", ["tables", "moderate/*.csv"], ["texts", "moderate/*.txt"]),
    ),
    action(
      "minimal",
      "make",
      level("minimally_sensitive", ["tables", "minimal/*.csv"], ["texts", "minimal/*.txt"]),
    ),
    action(
      "levels",
      "",
      `${level("highly_sensitive", ["one", "levels/a.csv"])}\n${level("moderately_sensitive", ["all", "levels/*.csv"])}`,
    ),
  ].join("")}\n`,
};

interface Ran {
  readonly said: Ended;
  readonly record: RunRecord;
  readonly page: string;
  /** Of each file below the folder, its text and its rights. */
  readonly files: ReadonlyMap<string, { readonly text: string; readonly mode: number }>;
}

function filesIn(folder: string): Ran["files"] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => [
      name.slice(folder.length + 1),
      { text: readFileSync(name, "utf8"), mode: statSync(name).mode & 0o777 },
    ]),
  );
}

let ran: Ran;
before(async () => {
  await inWorkspace(files, async (folder) => {
    const said = await cohortline(folder, ["run", "run_all", "--local-tools"]);
    assert.equal(said.code, 0, said.out + said.err);
    const record = await recordIn(folder);
    const page = (await cohortline(folder, ["report", "latest", "--output-file=-"])).out;
    ran = { said, record, page, files: filesIn(folder) };
    assert.equal(existsSync(join(folder, "moderate/names.csv")), false);
  });
});

async function recordIn(folder: string): Promise<RunRecord> {
  const { out, err } = await cohortline(folder, ["show", "latest", "--json"]);
  assert.equal(err, "");
  return (JSON.parse(out) as { readonly run: RunRecord }).run;
}

/** Why a file is withheld; null where it may be seen. */
function reasonOf(path: string): string | null {
  const output = ran.record.jobs.flatMap(({ outputs }) => outputs).find((o) => o.path === path);
  assert.ok(output !== undefined, `${path} is no output: ${ran.said.out}${ran.said.err}`);
  return output.withheld;
}

describe("a file that a program makes of patients", () => {
  for (const folder of ["moderate", "minimal"]) {
    for (const [name, [, reason]] of Object.entries(tried)) {
      it(`is ${reason === null ? "" : "not "}to be seen as ${folder}ly sensitive ${name}`, () => {
        const told = reasonOf(`${folder}/${name}`);
        if (reason === null) assert.equal(told, null);
        else assert.match(told ?? "nothing", reason);
        assert.equal(ran.files.has(`${folder}/${name}`), reason === null);
      });
    }
  }

  it("is compared with the patients from which its own patients were made", () => {
    assert.match(reasonOf("again/list.csv") ?? "", /patients' numbers in the column z/);
  });

  it("is not to be seen where another pattern declares it more sensitive", () => {
    assert.match(reasonOf("levels/a.csv") ?? "", /levels\/a\.csv.* too, .* highly_sensitive/);
    assert.equal(reasonOf("levels/b.csv"), null);
  });
});

describe("what a program prints that makes patients' files", () => {
  const first = /50000017|50007936/;

  it("is in no log, record, page or message, and kept for the owner", () => {
    const { said, page, files: all } = ran;
    const hidden = /^(metadata\/(printed|withheld)\/|cohort\.csv|handed\.csv|renamed\.csv)/;
    for (const [path, { text }] of all)
      if (!hidden.test(path)) assert.doesNotMatch(text, first, path);
    for (const text of [said.out, said.err, page]) assert.doesNotMatch(text, first);
    assert.match(all.get("metadata/printed/make.txt")?.text ?? "", first);
    assert.match(all.get("metadata/make.log")?.text ?? "", / PatientError\n/);
  });

  it("is for its owner alone, and so are logs, records and what is withheld", () => {
    const own = [...ran.files].filter(([path]) =>
      /^metadata\/(printed\/|withheld\/|[^/]*\.log)/.test(path),
    );
    assert.ok(own.length > 20);
    for (const [path, { mode }] of own) assert.equal(mode & 0o77, 0, path);
  });
});
