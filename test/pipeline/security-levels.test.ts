import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { enclose } from "../../engine/files/enclosure.ts";
import { checkLevels } from "../../engine/release/check-output.ts";
import { inWorkspace, smallStudy } from "../commands/workspace.ts";
import { inStudy, programs, smallPipeline } from "./study-in.ts";
import type { StudyIn } from "./study-in.ts";

/** Why a moderately sensitive file of this name and content would be withheld. */
function reasonFor(
  name: string,
  content: string | Buffer,
  cohort?: string,
): Promise<string | null> {
  return inWorkspace({}, async (folder) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    if (cohort !== undefined) writeFileSync(join(folder, "cohort.csv"), cohort);
    const output = {
      ...{ file, within: enclose(folder), path: `output/${name}` },
      ...{ patientLevel: false, exactNumbers: false, drawnFrom: [], madeByEngine: false },
    };
    const patients = cohort === undefined ? [] : [join(folder, "cohort.csv")];
    return (await checkLevels([output], patients)).outputs[0]?.withheld ?? null;
  });
}

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

describe("a table of patients is looked at to its end", () => {
  const row = (i: number): string => `${1_000_003 + i * 7919},${i % 2 === 0 ? "F" : "M"}`;
  const list = `row,n\n${lines(12, (i) => `${1_000_003 + (i + 20) * 7919},1`)}`;
  const tables: readonly (readonly [what: string, header: string, second: string, end: string])[] =
    [
      ["although a quote in it never closes", "patient_id,sex", '1,"F', "\n"],
      ["although a quote in it goes on behind its end", "patient_id,sex", '1,"F"f', "\n"],
      ["with line ends CR", "patient_id,sex", "1,F", "\r"],
      ["with line ends CR LF and a byte order mark", "\uFEFFpatient_id,sex", "1,F", "\r\n"],
      ["parted by semicolons", "patient_id;sex", '1;"F', "\n"],
    ];
  for (const [what, header, second, end] of tables) {
    it(what, async () => {
      const rows = [header, second, ...Array.from({ length: 40 }, (_, i) => row(i)), ""];
      const parted = header.includes(";") ? rows.map((each) => each.replace(",", ";")) : rows;
      assert.match((await reasonFor("a.csv", list, parted.join(end))) ?? "let pass", /numbers/);
    });
  }
});

describe("a moderately sensitive file is withheld", () => {
  const MIB_16 = 16 * 1024 * 1024;
  const cohort = `patient_id,sex,age\n${lines(40, (i) => `${1_000_003 + i * 7919},${i % 2 === 0 ? "F" : "M"},${20 + (i % 37)}`)}`;
  const cases: readonly (readonly [
    what: string,
    name: string,
    content: string | Buffer,
    reason: RegExp | null,
  ])[] = [
    ["with 5001 rows", "a.csv", `x\n${lines(5001, String)}`, /5001 rows; at most 5000/],
    ["not with 5000 rows", "a.csv", `x\n${lines(5000, String)}`, null],
    [
      "not with 5000 rows and no last line end",
      "a.csv",
      `x\n${lines(5000, String)}`.trimEnd(),
      null,
    ],
    ["with 16 MiB and a byte", "a.txt", Buffer.alloc(MIB_16 + 1, 32), /16777217 bytes/],
    ["not with 16 MiB", "a.txt", Buffer.alloc(MIB_16, 32), null],
    ["where its type is not allowed", "a.feather", "", /type/],
    ["where its type is in capitals", "a.CSV", "x\n1\n", /type/],
    ["with a column patient_id", "a.csv", "patient_id,x\n1,2\n", /column patient_id/],
    [
      "with a column of that name in other letters",
      "a.csv",
      '\uFEFF"Patient ID";,x\n1,2\n'.replace(";", ""),
      /column Patient ID/,
    ],
    [
      "with NHS numbers",
      "a.csv",
      `key\n${lines(12, () => "943 476 5919")}`,
      /NHS numbers in the column key/,
    ],
    [
      "not with other numbers of ten digits",
      "a.csv",
      `key\n${lines(12, (i) => String(9_434_765_910 + i))}`,
      null,
    ],
    [
      "with patients' numbers under another name",
      "a.csv",
      `row,n\n${lines(12, (i) => `${1_000_003 + i * 7919},1`)}`,
      /patients' numbers in the column row/,
    ],
    [
      "not with numbers that are not patients'",
      "a.csv",
      `row,n\n${lines(12, (i) => `${1_000_004 + i * 7919},1`)}`,
      null,
    ],
    [
      "with a row for each patient and no number",
      "a.csv",
      `s,years\n${lines(40, (i) => `x,${20 + ((39 - i) % 37)}`)}`,
      /row for each patient: .* in the column years/,
    ],
    [
      "with an object for each patient",
      "a.json",
      '{"rows": [{"patient_id": 1}]}',
      /object for each patient/,
    ],
    ["not with other objects", "a.json", '{"rows": [{"sex": "F", "n": 10}]}', null],
    [
      "with a table of patients in a page",
      "a.html",
      "<table><tr><th>patient_id</th></tr></table>",
      /table with the column patient_id/,
    ],
    [
      "not with code in a page that names the column",
      "a.html",
      "<pre>df.drop(columns=['patient_id'])</pre>",
      null,
    ],
    [
      "with a table of patients in a text",
      "a.txt",
      "result\npatient_id\tsex\n1\tF\n",
      /has the column patient_id/,
    ],
    [
      "not with a text that names the column",
      "a.txt",
      "patient_id was dropped, as it must be\n",
      null,
    ],
  ];
  for (const [what, name, content, reason] of cases) {
    it(what, async () => {
      const told = await reasonFor(name, content, cohort);
      if (reason === null) assert.equal(told, null);
      else assert.match(told ?? "", reason);
    });
  }

  it("where a column has most of few numbers; not where it has some by chance", async () => {
    const dummy = `patient_id,sex\n${lines(200, (i) => `${i},F`)}`;
    const some = `age,n\n${lines(60, (i) => `${i},5`)}`;
    assert.equal(await reasonFor("a.csv", some, dummy), null);
    const most = `key,n\n${lines(150, (i) => `${i},5`)}`;
    assert.match((await reasonFor("a.csv", most, dummy)) ?? "", /numbers in the column key/);
  });
});

const leaky = programs({
  make: {
    script: 'fs.writeFileSync("cohort.csv", "patient_id,sex\\n472839105647,F\\n472839105648,M\\n")',
    high: "cohort.csv",
  },
  leak: {
    needs: ["make"],
    script: `const rows = fs.readFileSync("cohort.csv", "utf8");
      console.log(rows);
      console.error("Traceback (most recent call last):");
      console.error("ValueError: bad value 472839105647");
      fs.writeFileSync("table.csv", rows);`,
    moderate: "table.csv",
  },
  after: {
    needs: ["leak"],
    script: 'console.log(fs.readFileSync("table.csv", "utf8")); fs.writeFileSync("n.json", "2")',
    moderate: "n.json",
  },
});

/** Every file of the folder that a person may look at: logs, records, manifest and declared outputs. */
function visibleTexts({ folder }: StudyIn): string {
  const hidden =
    /^(metadata\/(printed|withheld|unfinished|working)|cohort\.csv|analysis|output\/input_)/;
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => !hidden.test(path) && statSync(join(folder, path)).isFile())
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");
}

describe("a program that shows patients", () => {
  it("has its file withheld, and its words kept out of every log, record and message", async () => {
    await inStudy(leaky, async (study) => {
      const { folder, ask, run } = study;
      const { lines: said, told, exitCode } = await ask("run", ["run_all"], { localTools: true });
      assert.equal(exitCode, 0);
      assert.match(said.join("\n"), /1 file was withheld/);
      assert.equal(existsSync(join(folder, "table.csv")), false);
      const page = (await ask("report", [], { outputFile: "-" })).lines.join("\n");
      const shown = (await ask("show")).lines.join("\n");
      for (const text of [visibleTexts(study), said.join(), told.join(), page, shown]) {
        assert.doesNotMatch(text, /472839105647|472839105648/);
      }
      const log = readFileSync(join(folder, "metadata/leak.log"), "utf8");
      assert.match(log, /Traceback \(most recent call last\):\n.* ValueError\n/);
      assert.match(log, /table\.csv - has the column patient_id/);
      assert.match(readFileSync(join(folder, "metadata/printed/leak.txt"), "utf8"), /472839105647/);
      assert.equal(statSync(join(folder, "metadata/printed")).mode & 0o77, 0);
      // What is withheld is of no action's making again until something changes.
      assert.equal((await run(["run_all"])).status, "nothing_to_do");
      assert.match((await ask("verify")).lines.join("\n"), /^3 of 3 files/);
    });
  });

  it("has an older good file taken away when the new one is withheld, and is told where its error is", async () => {
    await inStudy(leaky, async ({ folder, ask, run, write }) => {
      const script = leaky["analysis/leak.js"] ?? "";
      write("analysis/leak.js", script.replace('"table.csv", rows', '"table.csv", "n\\n9\\n"'));
      await run(["leak"]);
      assert.equal(readFileSync(join(folder, "table.csv"), "utf8"), "n\n9\n");
      write("analysis/leak.js", script);
      await run(["leak"]);
      assert.equal(existsSync(join(folder, "table.csv")), false);
      write("analysis/leak.js", "throw new Error(1)");
      const { lines } = await ask("run", ["leak"], { localTools: true });
      assert.match(lines.join("\n"), /what its error says among them, may .*printed\/leak\.txt/);
    });
  });
});

describe("a measure at patient level", () => {
  it("is made and withheld at moderately_sensitive", async () => {
    const study = smallStudy.replace('    groupBy: "sex",\n', "");
    await inStudy(
      { ...smallPipeline, "analysis/study_definition.ts": study },
      async ({ folder, run }) => {
        const record = await run(["generate_measures"]);
        const withheld = record.jobs[1]?.outputs.filter((output) => output.withheld !== null) ?? [];
        assert.deepEqual(
          withheld.map(({ path, withheld: why }) => [path, why]),
          [
            ["output/measure_asthma_by_sex.csv", "has a row for each patient"],
            ["output/measure_asthma_by_sex_2020-01-01.csv", "has a row for each patient"],
            ["output/measure_asthma_by_sex_2020-02-01.csv", "has a row for each patient"],
          ],
        );
        assert.equal(existsSync(join(folder, "output/measure_asthma_by_sex.csv")), false);
        assert.equal(existsSync(join(folder, "output/measure_asthma_by_age.csv")), true);
      },
    );
  });
});

describe("a study that would copy cohorts into an output that others see", () => {
  it("cannot read them, whichever action made them", async () => {
    const reader = (smallPipeline["analysis/study_definition.ts"] ?? "")
      .replace("import { codelist,", "import { codelistFromCsv, writeOutput,")
      .replace(
        'codelist(["195967001"], "snomed")',
        'codelistFromCsv("output/input_2020-01-01.csv", { system: "snomed", column: "sex" })',
      );
    await inStudy(smallPipeline, async ({ run, write, ask }) => {
      await run(["generate_cohorts"]);
      write("analysis/study_definition.ts", reader);
      const { lines: said, exitCode } = await ask("run", ["generate_measures"], {
        localTools: true,
      });
      assert.equal(exitCode, 1);
      assert.match(said.join("\n"), /study-path-(patient-data|missing|not-made)/);
    });
  });
});

describe("a table of patients that cannot be read", () => {
  it("is named where an output could not be compared with it", async () => {
    const files = programs({
      cohort: {
        script: 'fs.writeFileSync("cohort.feather", "ARROW1, cut off")',
        high: "cohort.feather",
      },
      counts: {
        script: 'fs.writeFileSync("n.csv", "n\\n12\\n")',
        moderate: "n.csv",
        needs: ["cohort"],
      },
    });
    await inStudy(files, async ({ run }) => {
      const { jobs } = await run(["run_all"]);
      assert.deepEqual(jobs[1]?.notes, [
        "Could not be read, so outputs were not compared with them: cohort.feather",
      ]);
    });
  });
});
