import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { one, read } from "../pipeline/project-texts.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

const rows = [1, 2, 4, 10].map((value) => `p${value},${value},1,${value}.0,2021-01-01`);
const measure = [
  "practice,ill,population,value,date",
  ...rows,
  "z,1,0,inf,2021-01-01",
  "h,,5,,2021-01-01",
  "",
];

describe("deciles_charts", () => {
  it("writes the deciles of each measure of all dates, and warns of few and of hidden values", () =>
    inWorkspace(
      { "output/measure_a.csv": measure.join("\n"), "output/measure_a_2021-01-01.csv": "x\n" },
      async (folder) => {
        const { code, err } = await cohortline(folder, [
          "deciles_charts",
          "--input-files",
          "output/measure_*.csv",
          "--output-dir",
          "charts",
        ]);
        assert.equal(code, 0, err);
        const table = readFileSync(join(folder, "charts/deciles_table_a.csv"), "utf8").split("\n");
        assert.deepEqual(table.slice(0, 6), [
          "date,percentile,value",
          "2021-01-01,10,1.3",
          "2021-01-01,20,1.6",
          "2021-01-01,30,1.9",
          "2021-01-01,40,2.4",
          "2021-01-01,50,3.0",
        ]);
        assert.equal(table.length, 11);
        for (const code of ["deciles-of-few", "deciles-of-hidden"])
          assert.match(err, new RegExp(code));
        const png = readFileSync(join(folder, "charts/deciles_chart_a.png"));
        assert.equal(png.subarray(1, 4).toString(), "PNG");
        assert.ok(png.length > 5000);
      },
    ));

  it("refuses a config of another kind, and files that are no measures", () =>
    inWorkspace({ "output/measure_a.csv": "a,b\n1,2\n" }, async (folder) => {
      const run = async (...more: readonly string[]) =>
        (
          await cohortline(folder, [
            "deciles_charts",
            "--input-files",
            "output/measure_*.csv",
            ...more,
          ])
        ).err;
      assert.match(
        await run("--config", '{"show_outer_percentiles": "yes"}'),
        /must be true or false/,
      );
      assert.match(await run("--config", "nothing"), /must be a JSON object/);
      assert.match(
        await run("--config", '{"tables": 1}'),
        /tables of deciles-charts must be a mapping/,
      );
      assert.match(await run(), /"measure_a.csv" is no measure of several dates/);
    }));

  it("is an action without containers, whose outputs must be what it writes", () => {
    const { problems } = read(
      one("deciles-charts:v0.0.33 --input-files output/measure_*.csv --output-dir output"),
    );
    assert.match(
      problems[0]?.message ?? "",
      /matches no file that its command writes, such as "output\/deciles_table_\*.csv"/,
    );
  });
});
