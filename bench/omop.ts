/**
 * What does a study take on OMOP records, beside the same on those of TPP? `npm run bench:omop -- TPP.duckdb OMOP.duckdb
 * [RUNS]`; make both with generate_dummy_tables for the example study, the second with `--layout omop`.
 */
import { resolve } from "node:path";
import { commonCodes } from "./common-codes.ts";
import { cumulativeStudy } from "./cumulative-study.ts";
import { checked, evaluateStudy, months } from "./evaluate-study.ts";
import type { Took } from "./evaluate-study.ts";
import { exampleStudy } from "./example-study.ts";

const [tpp, omop, given] = process.argv.slice(2);
if (tpp === undefined || omop === undefined) {
  console.error("Name two databases: npm run bench:omop -- tpp.duckdb omop.duckdb");
  process.exit(2);
}
const runs = Number(given ?? 3);
const declared =
  "columns=practice.region:location.location_source_value,practice.stp:location.county";
const urls = {
  TPP: `duckdb:${resolve(tpp)}`,
  OMOP: `duckdb:${resolve(omop)}?layout=omop&${declared}`,
};
const studies = {
  example: await exampleStudy(),
  cumulative: checked(
    cumulativeStudy(await commonCodes(resolve(tpp), 1, 6), await commonCodes(resolve(tpp), 7, 3)),
  ),
};

console.log("| what | median s | CPU s | rows |\n| ---- | -------- | ----- | ---- |");
for (const [name, study] of Object.entries(studies)) {
  const took = new Map<string, Took[]>();
  for (let run = 0; run < runs; run++) {
    // One beside the other, so that what else the machine does is in both.
    for (const [layout, url] of Object.entries(urls)) {
      const asked = { dates: months(12), evaluate: "one-pass" as const };
      took.set(layout, [...(took.get(layout) ?? []), await evaluateStudy(url, study, asked)]);
    }
  }
  for (const [layout, all] of took) {
    const [seconds, cpu] = [median(all, "seconds"), median(all, "cpuSeconds")];
    const rows = all[0]?.rows ?? 0;
    console.log(
      `| ${name}, 12 dates, ${layout} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${rows} |`,
    );
  }
}

function median(all: readonly Took[], of: "seconds" | "cpuSeconds"): number {
  const sorted = all.map((each) => each[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
