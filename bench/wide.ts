/**
 * How do time and memory grow with the columns of a study that is answered from a database?
 * `npm run bench:wide [-- COLUMNS…]`: made-up records of 1,000 patients, one index date, a csv file.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timeProcess } from "./whole-process.ts";

const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [60, 150, 340, 1000, 2700];

/** Columns that cannot share a scan: each has a window of its own around another column's date. */
const definition = `import { codelist, params, patients, study } from "cohortline";
const codes = codelist(["195967001"], "snomed");
const day = {
  returning: "date",
  dateFormat: "YYYY-MM-DD",
  findFirstMatchInPeriod: true,
  returnExpectations: { date: { earliest: "2015-01-01", latest: "2020-01-01" }, incidence: 0.5 },
} as const;
const after = Array.from({ length: Number(params["columns"]) }, (_, i) => [
  \`after_\${i + 1}\`,
  patients.withTheseClinicalEvents(codes, {
    ...day,
    between: [\`start + \${i + 1} days\`, \`start + \${i + 31} days\`],
  }),
]);
export default study({
  indexDate: "2020-01-01",
  population: patients.registeredAsOf("index_date"),
  columns: { start: patients.withTheseClinicalEvents(codes, day), ...Object.fromEntries(after) },
});
`;

const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
try {
  mkdirSync(join(folder, "analysis"));
  writeFileSync(join(folder, "analysis/study_definition.ts"), definition);
  const cli = resolve("dist/cli.js");
  const tables = ["--patients", "1000", "--events-per-patient", "20"];
  const records = "records.duckdb";
  await timeProcess(
    "node",
    [cli, "generate_dummy_tables", ...tables, "--output-file", records],
    folder,
  );
  console.log("| columns | seconds | CPU seconds | peak MiB |");
  console.log("| ------- | ------- | ----------- | -------- |");
  for (const columns of counts) {
    const study = ["--param", `columns=${columns}`, "--database-url", `duckdb:${records}`];
    const took = await timeProcess("node", [cli, "generate_cohort", ...study], folder);
    const shown = [took.seconds, took.cpuSeconds ?? NaN].map((each) => each.toFixed(2));
    console.log(`| ${columns} | ${shown.join(" | ")} | ${took.peakMiB.toFixed(0)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
