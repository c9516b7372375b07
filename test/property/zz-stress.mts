import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { naiveExtract } from "../conformance/evaluators.ts";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import { randomCase } from "./random-case.ts";
import { checked } from "./random-study.ts";
const [seed, n] = process.argv.slice(2).map(Number);
const cases = fc.sample(randomCase(), { seed: seed!, numRuns: n! });
const ex = { one: duckDbExtract("one-pass"), per: duckDbExtract("per-date") };
let ok = 0;
for (const [i, c] of cases.entries()) {
  const r = checked(c.study);
  if (!r.ok) continue;
  const asked = {
    study: r.study,
    records: c.records,
    indexDates: c.indexDates,
    today: isoDateOf("2020-05-20"),
    includeOptedOut: false,
    files: c.files,
  };
  const run = async (f: any) => {
    try {
      return { cohorts: await f(asked) };
    } catch (e: any) {
      return {
        problem:
          e.code ?? e.problems?.map((p: any) => p.code).join() ?? String(e.stack).slice(0, 600),
      };
    }
  };
  const naive: any = await run(naiveExtract);
  for (const [name, f] of Object.entries(ex)) {
    const got: any = await run(f);
    if (JSON.stringify(got) === JSON.stringify(naive)) {
      ok++;
      continue;
    }
    console.log(`#${i} ${name} dates ${c.indexDates.join()}`);
    if (got.problem !== undefined || naive.problem !== undefined) {
      console.log("  problem naive:", naive.problem, "got:", got.problem);
      continue;
    }
    const seen = new Set<string>();
    for (const [k, rows] of naive.cohorts.entries()) {
      const g = got.cohorts[k];
      if (g.length !== rows.length) console.log("  rows", k, rows.length, g.length);
      for (const [j, row] of rows.entries())
        for (const col of Object.keys(row))
          if (g[j] && g[j][col] !== row[col] && !seen.has(col)) {
            seen.add(col);
            const cc = r.study.columns.find((x) => x.name === col)!;
            console.log(
              `  ${c.indexDates[k]} patient ${row.patient_id} ${col}: naive ${row[col]} got ${g[j][col]}`,
              JSON.stringify({
                fn: cc.function,
                args: cc.args,
                period: cc.period,
                dates: cc.dates,
                rules: cc.rules,
                reads: cc.reads,
              }).slice(0, 900),
            );
          }
    }
  }
}
console.log("agree", ok);
