/** The commands that make measures, show them, and look at what they give away. */
import { measureFormats } from "../base/file-names.ts";
import { rateUnits } from "../base/rate-units.ts";
import { shared, ofStudies, indexDateRange } from "./common-options.ts";
import {
  count,
  countFromZeroOr,
  flag,
  hidden,
  notGiven,
  oneOf,
  required,
  text,
  textOr,
  texts,
} from "./option.ts";
import type { ArgumentSpec } from "./option.ts";

const certificate: ArgumentSpec<string> = {
  written: "<file>",
  about: "what audit --certificate wrote",
  read: ([file = ""]) => file,
};

/** What audited measures are compared with. */
const comparedWith = {
  earlier: texts("folder", "measures that were released before"),
  known: text("file", "a JSON file with numbers that others have, such as of a register"),
  policy: text("file", "a JSON file with small, minValues, attacker and targets"),
};

/** Which measures an audit is of: a certificate of it is read with the same ones. */
const auditedFiles = {
  outputDir: text("dir", "folder of the measures", "output"),
  studyDefinition: textOr("name", 'a study whose measures lie there, or "all"', "all"),
  ...comparedWith,
  description: text(
    "file",
    "in place of a folder: a JSON file with the published files and their rules",
  ),
};

export const measureCommands = {
  generate_measures: {
    about: "Aggregate cohort files into measure_ID.csv, with small numbers suppressed.",
    arguments: {},
    options: {
      ...ofStudies,
      outputDir: textOr("dir", "folder of the cohort files, and for the measures", "output"),
      outputFormat: oneOf("format", "of the measures: csv, csv.gz, feather", measureFormats, "csv"),
      databaseUrl: text("url", "count in this database, without cohort files"),
      fromDatabase: flag("the same, in the database of DATABASE_URL"),
      expectationsPopulation: count("n", "the same, of dummy data of n patients"),
      indexDateRange,
      repairs: text("file", "leave out what audit --repair wrote there"),
      shared,
      skipExisting: flag("keep measures that are complete and made from the same things"),
      strict: flag("refuse what is only warned about otherwise"),
      workers: count("n", "threads to use (default: one for each core)"),
    },
    details: `With --database-url or --from-database no cohort files are needed: the database counts the groups
at each index date of --index-date-range, and no row of a patient leaves it. The files are the same.
With --expectations-population they are of dummy data, for which no database is asked.`,
    examples: [
      "generate_measures --output-dir output",
      'generate_measures --database-url duckdb:records.duckdb --index-date-range "2020-01-01 to 2020-12-01 by month"',
    ],
  },
  measures_report: {
    about:
      "Draw the measures of a folder as one page for a browser, with small numbers still hidden.",
    arguments: {},
    options: {
      outputDir: textOr("dir", "folder of the measures", "output"),
      outputFile: text("file", "the page (default: measures.html in that folder)"),
      rate: oneOf("unit", "per-1000, per-100000 or percent", rateUnits, "per-1000"),
      pictures: text("dir", "also write each picture there, as .svg and .png"),
      pictureFormat: oneOf("format", "svg, png or both", ["svg", "png", "both"], "both"),
      shared,
    },
    examples: [
      "measures_report",
      "measures_report --output-dir output/measures --rate percent --pictures output/pictures",
    ],
  },
  audit: {
    about:
      "Say of every hidden or rounded number in published measures whether it can be worked out.",
    arguments: {},
    options: {
      ...auditedFiles,
      attacker: notGiven(
        oneOf(
          "who",
          "rules: knows how numbers are hidden; sums: only adds up",
          ["rules", "sums"] as const,
          "rules",
        ),
      ),
      showValues: flag("print the numbers that can be worked out"),
      certificate: text("file", "write there what shows that all is releasable, where it is"),
      html: text("file", "write the result there as a page, without a number that is hidden"),
      repair: text("file", "find what to leave out so that all is releasable, and write it there"),
      repairBy: notGiven(
        oneOf(
          "what",
          "which repair is written: figures, files or rounding (default: what loses least)",
          ["figures", "files", "rounding"] as const,
          "figures",
        ),
      ),
      budget: countFromZeroOr("steps", "steps of search for one question", 5000),
      shared,
    },
    details: `A number is safe only where as many possible values were found as the policy asks for, each in tables
that would be published exactly as the files are. What stays open is undecided, and not releasable. The exit
code is 0 where everything is releasable, otherwise 1. --json prints the whole result as one object.
A report with numbers that can be worked out is as sensitive as those numbers.`,
    examples: [
      "audit",
      "audit --output-dir output/measures --earlier released/2021",
      "audit --description release.json",
      "audit --html audit.html",
      "audit --description release.json --json",
    ],
  },
  "verify-certificate": {
    about: "Say whether a certificate of an audit shows that published measures are releasable.",
    arguments: { file: certificate },
    options: {
      ...auditedFiles,
    },
    details: `Give what was given to audit. Nothing is worked out: the numbers of the certificate, which are not the true
ones, are published again and compared with the files. The exit code is 0 where it holds, otherwise 1.`,
    examples: [
      "verify-certificate audit.json",
      "verify-certificate audit.json --output-dir output",
    ],
  },
  release: {
    about: "Write a folder of measures for the people who check outputs, or say why not.",
    arguments: {},
    options: {
      to: required(text("folder", "where the release is to lie; it must not be there")),
      context: required(
        text("file", "a text file: what the measures are about, and why they are needed"),
      ),
      outputDir: textOr("dir", "folder of the measures", "output"),
      studyDefinition: textOr("name", 'a study whose measures lie there, or "all"', "all"),
      ...comparedWith,
      figure: texts(
        "file=measure,...",
        "a picture, page or table and the measures that it is drawn from",
      ),
      firstRelease: flag("nothing of these patients was released before"),
      budget: countFromZeroOr("steps", "steps of search for one question", 5000),
      shared,
    },
    details: `Refused is what an audit calls not releasable, or would if its policy asked for anything; numbers that are not rounded to 5 or to
the middle of six; values that are not the ratio of the numbers shown; practices and areas smaller than a region; columns that nothing
explains; files that are not csv, have more than 5,000 rows or are modified; figures that name no measure of the release, run or fetch
anything, have a row for each patient, a minimum, a maximum or exact counts, are logs, or are no csv, txt, json, svg, png, jpeg or html; a
release without context, or of which nothing says what was released before. The page for people who check outputs has the whole list, and
what to do about each line. The folder is written whole or not at all, and has the same bytes for the same release.`,
    examples: [
      "release --to released/2021 --context context.txt --first-release",
      "release --to released/2022 --context context.txt --earlier released/2021",
      "release --to released/2022 --context context.txt --first-release --figure output/rates.svg=by_sex,by_region",
    ],
  },
  deciles_charts: {
    about: "Write a table and a picture of the deciles of each measure at each date.",
    arguments: {},
    options: {
      inputFiles: required(text("pattern", 'measures, in quotes: "output/measure_*.csv"')),
      outputDir: textOr(
        "dir",
        "folder for deciles_table_ID.csv and deciles_chart_ID.png",
        "output",
      ),
      config: text("json", 'such as {"show_outer_percentiles": true}'),
      shared,
      skipExisting: hidden(flag("ignored")),
    },
    examples: ['deciles_charts --input-files "output/measure_*.csv" --output-dir output'],
  },
} as const;
