/** What `bench:cores` runs: commands, and beside them queries by hand. */
import { join } from "node:path";
import { byHand } from "./measures-by-hand.ts";

export interface Work {
  readonly name: string;
  /** For Node. */
  readonly words: (cli: string) => readonly string[];
  /** Which files of the output are removed before each run. */
  readonly removes: "all" | "measures" | "none";
  /** At which numbers of cores: all asked for, the fewest and the most, or the most alone. */
  readonly at: "each" | "ends" | "most";
  /** Whether another version of the commands is run beside it, where one is given. */
  readonly isCompared: boolean;
  /** Prints its figures itself: what it does before and after does not count. */
  readonly tellsItself: boolean;
}

export interface Sizes {
  /** Has the study, and gets everything that is made. */
  readonly folder: string;
  readonly patients: number;
  readonly synthetic: number;
  /** What evaluates a study alone: words for Node. */
  readonly evaluation: readonly string[];
}

const RANGE = "--index-date-range=2020-01-01 to 2020-12-01 by month";

const usual = { removes: "all", at: "ends", isCompared: false, tellsItself: false } as const;

/** What comes later needs what was made before. */
export function worksOf(sizes: Sizes): readonly Work[] {
  const { patients, synthetic } = sizes;
  return [
    ...measured("parquet", sizes),
    { ...tables(synthetic, "records"), at: "most" },
    ...fromDatabase(sizes),
    ...measured("csv", sizes),
    ...measured("feather", sizes),
    dummy("csv.gz", Math.round(patients / 4)),
    dummy("dta", Math.round(patients / 2)),
    oneDate("csv", 4 * patients),
    oneDate("csv.gz", 2 * patients),
    ...supplied(Math.round(patients / 4)),
    { ...tables(synthetic, "again"), at: "each" },
  ];
}

function cohort(format: string, source: string): Work["words"] {
  return (cli) => [
    ...[cli, "generate_cohort", source, RANGE],
    ...[`--output-format=${format}`, "--output-dir=output", "--quiet"],
  ];
}

function dummy(format: string, patients: number): Work {
  const words = cohort(format, `--expectations-population=${patients}`);
  const name = `cohorts, dummy data, ${format}, ${patients.toLocaleString("en")}`;
  return { ...usual, name, words, at: format.startsWith("csv") ? "each" : "ends" };
}

/** One file, whose rows all threads encode. */
function oneDate(format: string, patients: number): Work {
  const name = `one cohort of dummy data, ${format}, ${patients.toLocaleString("en")}`;
  const words = (cli: string): readonly string[] => [
    ...[cli, "generate_cohort", `--expectations-population=${patients}`],
    ...[`--output-file=output/input.${format}`, "--quiet"],
  ];
  return { ...usual, name, words, at: "each" };
}

/** Its cohorts, their measures, and the query by hand where DuckDB reads the format. */
function measured(format: string, { folder, patients }: Sizes): readonly Work[] {
  const measures: Work = {
    ...{ ...usual, name: `measures, ${format}`, removes: "measures", at: "each" },
    words: (cli) => [cli, "generate_measures", "--output-dir=output", "--quiet"],
    isCompared: format === "parquet",
  };
  const cohorts = dummy(format, patients);
  if (format !== "csv" && format !== "parquet") return [cohorts, measures];
  const words = () => byHand(join(folder, "output"), format);
  const hand: Work = { ...usual, name: `  by hand, ${format}`, words, removes: "none", at: "each" };
  return [cohorts, measures, hand];
}

function tables(patients: number, file: string): Work {
  const words = (cli: string): readonly string[] => [
    ...[cli, "generate_dummy_tables", "--patients", String(patients)],
    ...["--study-definition", "study_definition", "--output-file", `${file}.duckdb`],
    ...["--force", "--quiet"],
  ];
  return { ...usual, name: `synthetic records, ${patients.toLocaleString("en")}`, words };
}

function fromDatabase({ folder, synthetic, evaluation }: Sizes): readonly Work[] {
  const url = `--database-url=duckdb:${join(folder, "records.duckdb")}`;
  const alone: Work = {
    ...{ ...usual, name: "  the evaluation alone", at: "each", tellsItself: true },
    words: () => [...evaluation, folder, join(folder, "records.duckdb")],
  };
  const formats = ["csv", "feather", "parquet", "csv.gz", "dta"].map((format): Work => {
    const name = `cohorts, database of ${synthetic.toLocaleString("en")}, ${format}`;
    const isCsv = format === "csv";
    const words = cohort(format, url);
    return { ...usual, name, words, at: isCsv ? "each" : "ends", isCompared: isCsv };
  });
  return [...formats.slice(0, 1), alone, ...formats.slice(1)];
}

/** A file that was made for it, at all dates. */
function supplied(patients: number): readonly Work[] {
  const made: Work = {
    ...{ ...usual, name: "  a file to supply", at: "most" },
    words: (cli) => [
      ...[cli, "generate_cohort", `--expectations-population=${patients}`],
      ...["--output-file=supplied/input.csv", "--quiet"],
    ],
  };
  const words = cohort("csv", "--dummy-data-file=supplied/input.csv");
  return [made, { ...usual, name: "cohorts, supplied file, csv", words, at: "each" }];
}
