import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inStudy, programs, smallPipeline } from "./study-in.ts";

const text = (label: string, more = ""): string =>
  `band,ill,population,value,date\\n${label},20,100,0.2,2020-01-01\\n${label},30,100,0.3,2020-02-01\\n${more}`;

const writes = (path: string, content: string): string =>
  `fs.mkdirSync("output", { recursive: true }); fs.writeFileSync("${path}", "${content}");`;

describe("the pictures in a run's report", () => {
  it("are of measures that the run let out, and never of what is highly sensitive, withheld or altered", async () => {
    // Numbers that are NHS numbers do not pass the checks.
    const numbers = ["9434765919", "9434765870"].map((each) => `${each},20,100,0.2,2020-02-01\\n`);
    const held = text("held-label", numbers.join("")).replace("band,", "nhs_number,");
    const files = programs({
      seen: {
        script: writes("output/measure_seen.csv", text("seen-label")),
        moderate: "output/measure_seen.csv",
      },
      kept: {
        script: writes("output/measure_kept.csv", text("kept-label")),
        high: "output/measure_kept.csv",
      },
      held: {
        script: writes("output/measure_held.csv", held),
        moderate: "output/measure_held.csv",
      },
      later: {
        script: writes("output/measure_later.csv", text("later-label")),
        moderate: "output/measure_later.csv",
      },
    });
    await inStudy(files, async ({ run, ask, write }) => {
      const record = await run(["run_all"]);
      const outputs = record.jobs.flatMap((job) => job.outputs);
      assert.deepEqual(
        outputs.map(({ path, level, withheld }) => [path, level, withheld !== null]),
        [
          ["output/measure_seen.csv", "moderately_sensitive", false],
          ["output/measure_kept.csv", "highly_sensitive", false],
          ["output/measure_held.csv", "moderately_sensitive", true],
          ["output/measure_later.csv", "moderately_sensitive", false],
        ],
      );
      // Somebody may put a withheld file back in its place.
      write("output/measure_held.csv", held.replaceAll("\\n", "\n"));
      write("output/measure_later.csv", text("later-other").replaceAll("\\n", "\n"));
      const page = (await ask("report", [], { outputFile: "-" })).lines.join("\n");
      assert.match(page, /seen-label/);
      assert.doesNotMatch(page, /kept-label|held-label|later-(label|other)/);
      assert.match(page, /measure_later\.csv is not as the run made it\./);
    });
  });

  it("draw the measures of a study with their policy, and list outputs for release first, hashes whole", async () => {
    await inStudy(smallPipeline, async ({ run, ask }) => {
      const record = await run(["generate_measures"]);
      const page = (await ask("report", [], { outputFile: "-" })).lines.join("\n");
      assert.match(page, /Line chart of asthma by sex, per 1,000 population/);
      assert.ok(page.indexOf("<h3>moderately_sensitive") < page.indexOf("<h3>highly_sensitive"));
      for (const { sha256 } of record.jobs.flatMap((job) => job.outputs)) {
        assert.ok(page.includes(`<br /><code class="hash">${sha256}</code>`));
      }
    });
  });

  it("tell who is in the cohorts from what was let out, never from what was kept, and sizes only rounded", async () => {
    const attrition = (condition: string): string =>
      `index_date,step,condition,patients_left,patients_removed\\n2020-01-01,0,${condition},50,0\\n2020-01-01,1,${condition},3,47\\n`;
    const seen = { script: writes("output/attrition_seen.csv", attrition("seen-words")) };
    const files = programs({
      seen: { ...seen, moderate: "output/attrition_seen.csv" },
      kept: {
        script: writes("output/attrition_kept.csv", attrition("kept-words")),
        high: "output/attrition_kept.csv",
      },
      later: {
        script: writes("output/attrition_later.csv", attrition("later-words")),
        moderate: "output/attrition_later.csv",
      },
      cohort: {
        script: writes("output/input_2020-01-01.csv", `patient_id\\n${"1\\n".repeat(50)}`),
        high: "output/input_2020-01-01.csv",
      },
    });
    await inStudy(files, async ({ run, ask, write }) => {
      await run(["run_all"]);
      write("output/attrition_later.csv", attrition("later-other").replaceAll("\\n", "\n"));
      const page = (await ask("report", [], { outputFile: "-" })).lines.join("\n");
      const cohorts = page.slice(page.indexOf("<h2>Cohorts"), page.indexOf("<h2>Code comparison"));
      assert.match(cohorts, /seen-words/);
      assert.doesNotMatch(page, /kept-words<|later-other<|later-words<\/bdi/);
      assert.match(cohorts, /attrition_later\.csv is not as the run made it\./);
      // Whoever wrote the file: 50 is 51, 3 is hidden.
      assert.match(cohorts, /<strong>51<\/strong> patients.*<strong>hidden<\/strong> patients/s);
      assert.match(cohorts, /1 number of patients from 1 to 6 hidden/);
      assert.match(cohorts, /<td>2020-01-01<\/td>\s*<td class="n">51<\/td>/);
      assert.doesNotMatch(cohorts, /\b50\b/);
      // The list of outputs does not tell what the sizes hide: 50 rows of 111 bytes.
      const outputs = page.slice(page.indexOf("<h2>Outputs"));
      assert.match(
        outputs,
        /input_2020-01-01\.csv.*?<td class="n">110<\/td>\s*<td class="n">51<\/td>/s,
      );
      assert.doesNotMatch(page.replace(/<code class="hash">.*?<\/code>/g, ""), />(50|111)</);
    });
  });
});
