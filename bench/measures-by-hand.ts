/** The numbers of the 54 measures without the engine: by SQL written for them alone, and in pandas. */
import { spawnSync } from "node:child_process";
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

/** Words for python3, or null where it has no pandas that reads the format. */
export function inPandas(folder: string, format: string): readonly string[] | null {
  const needs = format.startsWith("csv") ? "pandas" : "pandas, pyarrow";
  const there = spawnSync(PYTHON, ["-c", `import ${needs}`]).status === 0;
  const script = join(import.meta.dirname, "measures-in-pandas.py");
  return there ? [script, folder, format, events.join(","), groups.join(",")] : null;
}

export const PYTHON = process.env["PYTHON"] ?? "python3";

/**
 * A program for a Node of its own. One scan of all files, grouped in six ways at once, the sums in one csv file. It suppresses nothing and
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
