import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { openMeasurePool } from "../../engine/measures/pool.ts";
import type { Expected, MeasureRun, Watch } from "../../engine/measures/pool.ts";
import type { MeasureTask } from "../../engine/measures/measure-task.ts";
import { cohortFolder, taskFor, textsIn } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const measures = ["ill / population by sex", "ill / dose by region, sex", "dose / population"].map(
  (words, place) => ({ ...measureOf(words), id: `m${place}` }),
);

/** A year of small cohorts, each different. */
function year(context: TestContext): { folder: string; tasks: readonly MeasureTask[] } {
  const names = Array.from(
    { length: 12 },
    (_, m) => `input_2020-${String(m + 1).padStart(2, "0")}-01.csv`,
  );
  const patient = (month: number, id: number): string =>
    [id, id % 3 ? "F" : "M", `r${(id * month) % 4}`, (id + month) % 2, (id % 7) / 10].join(",");
  const text = (_: string, month: number): [string, string] => {
    const rows = Array.from({ length: 30 + month }, (__, id) => patient(month, id));
    return [names[month] ?? "", `patient_id,sex,region,ill,dose\n${rows.join("\n")}\n`];
  };
  const folder = cohortFolder(context, Object.fromEntries(names.map(text)));
  return { folder, tasks: names.map((name) => taskFor(folder, name, measures)) };
}

/** What a thread runs instead of measuring: `body` sees the task and this thread's files. */
function workerFile(folder: string, body: string, { atStart = "" } = {}): URL {
  const path = join(folder, "worker.mjs");
  const hidden = '[{ measure: task.date, column: "x", groups: 1, more: 0 }]';
  const done = `{ ok: true, patients: 0, made: [], hidden: ${hidden} }`;
  const script = [
    `import { existsSync, writeFileSync } from "node:fs";`,
    atStart,
    `export async function measureRows(task) { ${body}; return ${done}; }`,
  ];
  writeFileSync(path, script.join("\n"));
  return pathToFileURL(path);
}

/** Large enough for threads. */
const threads = { workers: 2, bytes: 2 ** 30 };

async function run(
  tasks: readonly MeasureTask[],
  expected: Partial<Expected>,
  watch?: Watch,
): Promise<MeasureRun> {
  const pool = openMeasurePool({ workers: 1, bytes: 0, files: tasks.length, ...expected });
  try {
    return await pool.run(tasks, watch);
  } finally {
    await pool.close();
  }
}

describe("measuring many cohort files", () => {
  it("gives the same bytes and answers with 1, 2 and 8 workers, in threads or not", async (context) => {
    const results = [];
    for (const pool of [{ workers: 1 }, { workers: 8 }, threads]) {
      const { folder, tasks } = year(context);
      const { answers, problems } = await run(tasks, pool);
      assert.deepEqual(problems, []);
      results.push({ answers, files: textsIn(folder, "measure") });
    }
    const [first, ...others] = results;
    assert.equal(Object.keys(first?.files ?? {}).length, 36);
    for (const other of others) assert.deepEqual(other, first);
  });

  it("finishes the other files when one has a problem", async (context) => {
    const { folder, tasks } = year(context);
    writeFileSync(join(folder, "input_2020-05-01.csv"), "patient_id,sex,region,ill\n1,F,N,1\n");
    writeFileSync(join(folder, "input_2020-03-01.csv"), "");
    const { answers, problems } = await run(tasks, { workers: 4 });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["measure-column-missing", "measure-column-missing", "empty-table"],
    );
    assert.equal(answers.filter((answer) => answer?.ok).length, 10);
    assert.equal(Object.keys(textsIn(folder, "measure")).length, 30);
  });

  it("tells a column that several files lack once for each measure, and how many they are", async (context) => {
    const { folder, tasks } = year(context);
    const bare = "patient_id,sex,ill,dose\n1,F,1,2\n";
    for (const month of ["02", "05", "09", "11"]) {
      writeFileSync(join(folder, `input_2020-${month}-01.csv`), bare);
    }
    for (const pool of [{ workers: 1 }, threads]) {
      const { problems } = await run(tasks, pool);
      assert.deepEqual(
        problems.map(({ message }) => message),
        [
          'Measure "m1" groups by "region", which 4 of 12 cohort files do not have: ' +
            '"input_2020-02-01.csv", "input_2020-05-01.csv", "input_2020-09-01.csv" and 1 more, ' +
            "nor does the study define it",
        ],
      );
    }
  });

  it("tells of each file as it is done", async (context) => {
    const { tasks } = year(context);
    const heard: string[] = [];
    const onDone: Watch["onDone"] = (answer, { date }) => heard.push(`${date} ${answer.ok}`);
    await run(tasks, { workers: 3 }, { onDone });
    assert.deepEqual(
      heard.sort(),
      tasks.map(({ date }) => `${date} true`),
    );
  });

  it("starts no file after an interruption, and leaves those done complete", async (context) => {
    const { folder, tasks } = year(context);
    const interruption = new AbortController();
    let finished = 0;
    const watch: Watch = {
      signal: interruption.signal,
      onDone: () => {
        if (++finished === 3) interruption.abort();
      },
    };
    const { answers, problems } = await run(tasks, { workers: 1 }, watch);
    assert.deepEqual(
      answers.map((answer) => answer?.ok ?? null),
      tasks.map((_, place) => (place < 3 ? true : null)),
    );
    assert.deepEqual(problems, []);
    assert.equal(Object.keys(textsIn(folder, "measure")).length, 9);
  });

  it("does nothing without files", async () => {
    assert.deepEqual(await run([], threads), { answers: [], problems: [] });
  });
});

describe("a thread that dies", () => {
  it("is replaced; its file is tried once more, then named in a problem; others finish", async (context) => {
    const { folder, tasks } = year(context);
    const body = `
      const trace = task.folder + "/died";
      if (task.date === "2020-03-01" && !existsSync(trace)) {
        writeFileSync(trace, "");
        process.exit(7);
      }
      if (task.date === "2020-06-01") process.exit(8);`;
    const { answers, problems } = await run(tasks, {
      ...threads,
      workerFile: workerFile(folder, body),
    });
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message]),
      [
        [
          "measure-worker-died",
          'The thread that worked on "input_2020-06-01.csv" stopped twice: worker exited with code: 8.',
        ],
      ],
    );
    assert.deepEqual(
      answers.map((answer) => (answer?.ok === true ? answer.hidden[0]?.measure : "none")),
      tasks.map(({ date }) => (date === "2020-06-01" ? "none" : date)),
    );
  });

  it("does not leave files waiting where no thread can be started any more", async (context) => {
    const { folder, tasks } = year(context);
    const path = join(folder, "full");
    const file = workerFile(folder, `writeFileSync(${JSON.stringify(path)}, ""); process.exit(7)`, {
      atStart: `if (existsSync(${JSON.stringify(path)})) process.exit(8);`,
    });
    const { problems } = await run(tasks, { ...threads, workerFile: file });
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'The thread that worked on "input_2020-01-01.csv", "input_2020-02-01.csv", "input_2020-03-01.csv" and ' +
          `${tasks.length - 3} more stopped twice: no thread can be started.`,
      ],
    );
  });

  it("is not what a bug looks like: that is thrown, with its own words", async (context) => {
    const { folder, tasks } = year(context);
    const file = workerFile(folder, `throw new TypeError("a bug")`);
    await assert.rejects(run(tasks, { ...threads, workerFile: file }), /a bug/);
  });
});
