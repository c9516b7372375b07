/** The numbers of the 54 measures by SQL written for them alone: a program for a Node of its own. */
import { join } from "node:path";

const events = [
  "deep_vein_thrombosis",
  "pulmonary_embolism",
  "stroke",
  "myocardial_infarction",
  "heart_failure",
  "acute_kidney_injury",
  "type_2_diabetes",
  "asthma",
  "depression",
];

const groups = ["sex", "age_band", "stp", "region", "practice"];

/**
 * One scan of all files, grouped in six ways at once, the sums in one csv file. It suppresses nothing and
 * writes no file for each measure and date.
 */
export function byHand(folder: string, format: "csv" | "csv.gz" | "parquet"): readonly string[] {
  const files = `'${join(folder, `input_*.${format}`)}'`;
  const source =
    format === "parquet"
      ? `read_parquet(${files}, filename = true)`
      : `read_csv(${files}, header = true, filename = true)`;
  const sums = events.map((event) => `sum(CAST(${event} AS INTEGER)) AS ${event}`);
  const sets = groups.map((group) => `(filename, ${group})`);
  const sql = `COPY (
    SELECT filename, ${groups.join(", ")}, count(*) AS population, ${sums.join(", ")} FROM ${source}
    GROUP BY GROUPING SETS ((filename), ${sets.join(", ")}) ORDER BY ALL
  ) TO '${join(folder, "by-hand.csv")}' (HEADER)`;
  const program = `import { DuckDBInstance } from "@duckdb/node-api";
    const db = await DuckDBInstance.create(":memory:");
    const connection = await db.connect();
    await connection.run(${JSON.stringify(sql)});
    connection.closeSync();
    db.closeSync();`;
  return ["--input-type=module", "--eval", program];
}
