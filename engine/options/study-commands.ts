/** The commands that read study definitions, make data from them, or serve the shell. */
import { cohortFormats } from "../base/file-names.ts";
import { shared, param, ofStudies, indexDateRange } from "./common-options.ts";
import { measureCommands } from "./measure-commands.ts";
import {
  count,
  countOr,
  flag,
  hidden,
  knownChoice,
  notGiven,
  oneOf,
  required,
  text,
  textOr,
} from "./option.ts";
import type { ArgumentSpec } from "./option.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

const shell: ArgumentSpec<Shell> = {
  written: "<shell>",
  about: `which shell: ${shells.join(", ")}`,
  read: ([given = ""]) => knownChoice("The shell", given, shells),
};

const study: ArgumentSpec<string | undefined> = {
  written: "[study]",
  about: "its name or file (default: the only one in Python)",
  read: ([given]) => given,
};

const folder: ArgumentSpec<string> = {
  written: "[folder]",
  about: "where to write the study; it is made if it is not there (default: this folder)",
  read: ([given = "."]) => given,
};

export const studyCommands = {
  init: {
    about: "Write a small study that runs at once, to be changed into your own.",
    arguments: { folder },
    options: {
      python: flag("write the study in Python, as for cohortextractor"),
      records: text("url", "write only a records.yaml, from the tables of this database"),
    },
    details: `It counts patients with an asthma code in three months and measures their share by age group: a study
definition, the codelist it reads, a project.yaml with two actions, a .gitignore that keeps outputs and
databases out of commits, and settings for your editor. A file that is there already is never
overwritten: then nothing is written.
With --records it writes records.yaml instead: how the records of a database of your own layout are read, from the names and types of
its tables. Nothing that is stored in them is looked at.`,
    examples: [
      "init my-study",
      "init --python my-study",
      "init --records postgresql://me@records.example/ward my-study",
    ],
    next: `Then, in the folder:
  cohortline run run_all   makes cohorts and measures in output/, from dummy data
  cohortline check         tells every problem, with file and line, after each change`,
  },
  generate_cohort: {
    about: "Write one cohort file for each index date: who is in the study, and their values.",
    arguments: {},
    options: {
      ...ofStudies,
      indexDateRange: text(
        "range",
        'e.g. "2020-01-01 to 2020-12-01 by month", or by week; "today" is a date',
      ),
      expectationsPopulation: count("n", "make dummy data of n patients"),
      dummyDataFile: text("file", "use this file as dummy data, after checking it"),
      databaseUrl: text("url", "run against this database (or set DATABASE_URL)"),
      evaluate: oneOf(
        "how",
        "one-pass: all index dates of a database together; per-date: one after the other",
        ["one-pass", "per-date"],
        "one-pass",
      ),
      seed: textOr("text", "other dummy data: the same seed gives the same files", "cohortline"),
      outputDir: text("dir", "folder for the files", "output"),
      outputFormat: notGiven(
        oneOf(
          "format",
          "of the cohort files: csv, csv.gz, feather, parquet, dta, dta.gz",
          cohortFormats,
          "csv",
        ),
      ),
      outputFile: text("file", "folder, name and format in one: output/input.csv"),
      shared,
      skipExisting: flag("keep files that are complete and made from the same things"),
      attrition: flag(
        "write attrition.csv: what each condition of the population leaves of the patients, rounded",
      ),
      exactAttrition: flag("the same with exact numbers, which is then as sensitive as cohorts"),
      jobs: count(
        "n",
        "threads that draw, read and write cohort files (default: one for each core)",
      ),
      tempDatabaseName: text(
        "name",
        "keep finished results in this database of a SQL Server until their files are written",
      ),
      withEndDateFix: hidden(flag("ignored")),
    },
    examples: [
      'generate_cohort --expectations-population 1000 --index-date-range "2020-01-01 to 2020-12-01 by month"',
      "generate_cohort --study-definition study_definition --dummy-data-file dummy.csv",
    ],
  },
  ...measureCommands,
  cohort_joiner: {
    about: "Add the columns of one cohort file to each of several, patient by patient.",
    arguments: {},
    options: {
      lhs: required(text("pattern", 'cohort files, in quotes: "output/input_2021-*.csv"')),
      rhs: required(text("pattern", "one cohort file: output/input_ethnicity.csv")),
      outputDir: textOr("dir", "folder for the joined files", "output/joined"),
      shared,
      skipExisting: flag("keep files that are complete and made from the same things"),
    },
    examples: [
      'cohort_joiner --lhs "output/input_2021-*.csv" --rhs output/input_ethnicity.csv --output-dir output/joined',
    ],
  },
  cohort_report: {
    about: "Show what is in each column of the cohorts of a folder, as one page for a browser.",
    arguments: {},
    options: {
      ...ofStudies,
      outputDir: textOr("dir", "folder of the cohort files", "output"),
      outputFile: text("file", "the page (default: cohort_report.html in that folder)"),
      exact: flag("show exact counts: the page is then highly sensitive"),
      shared,
    },
    details: `For each column: how many patients have a value, the values as bars, what changed from one index date
to the next, and for dummy data what the expectations say. Counts are rounded to midpoint 6 and rare
values shown together, so that the page may be moderately sensitive; --exact does neither.`,
    examples: ["cohort_report", "cohort_report --study-definition study_definition_copd --exact"],
  },
  generate_dummy_tables: {
    about: "Write a database of synthetic patients, with the tables of TPP or of OMOP.",
    arguments: {},
    options: {
      patients: required(count("n", "number of synthetic patients")),
      outputFile: text(
        "file",
        "the database: dummy.duckdb; of omop also a folder of Parquet files",
      ),
      databaseUrl: text("url", "of omop, in place of a file: postgresql://…?schema=NAME"),
      layout: oneOf("name", "whose tables: tpp, or omop (CDM 5.4)", ["tpp", "omop"], "tpp"),
      studyDefinition: text("name", 'use the codes of this study of analysis/, or of "all"'),
      param,
      seed: textOr("text", "other patients: the same seed gives the same ones", "cohortline"),
      eventsPerPatient: countOr("n", "SNOMED events of a patient on average", 100),
      shared,
      force: flag("replace the database if there is one already"),
      jobs: count("n", "threads to use (default: one for each core)"),
    },
    details: `The synthetic records are internally consistent: events lie between birth and death, registrations
follow each other, tests, admissions and deaths have their rows in every table that records them.
Name a study, and its codes and names are among what is recorded, so that its columns are not empty.
Of omop they are the same patients with the same codes on the same days, and a vocabulary of its own.
The file appears when it is complete. 100,000 patients take about half a minute and 0.4 GiB, of omop twice that.`,
    examples: [
      "generate_dummy_tables --patients 1000 --study-definition study_definition --output-file dummy.duckdb",
      "generate_dummy_tables --patients 1000000 --seed another --output-file large.duckdb --verbose",
      "generate_dummy_tables --patients 1000 --study-definition study_definition --layout omop --output-file records",
      "generate_dummy_tables --patients 1000 --layout omop --database-url postgresql://me@localhost/test?schema=cdm",
    ],
  },
  check: {
    about:
      "Read project.yaml and the study definitions and report every problem, without making anything.",
    arguments: {},
    options: {
      ...ofStudies,
      strict: flag("refuse a project.yaml that old versions allow"),
      realData: flag("the study runs on records only: dummy data may lack expectations"),
      databaseUrl: text("url", "check this database instead of a study: what it holds and means"),
    },
    examples: [],
  },
  check_records: {
    about: "Show what stands in the tables of a database: rows, missing values, years, ids.",
    arguments: {},
    options: { databaseUrl: text("url", "the database (or set DATABASE_URL)") },
    details: `For whoever writes a mapping file, or loads records. Each table that studies can ask is read whole: how many
rows, which share of each field is missing, which years its dates are of. Ids that stand twice and joins that find
several rows are problems, because counts would be wrong; records of unknown patients, before birth or after death
are warnings. Counts are rounded, small ones hidden, and no value of anybody is shown.`,
    examples: ["check_records --database-url duckdb:records.duckdb?records=records.yaml"],
  },
  explain: {
    about: "Show how a study is answered from a database: what is shared, and what it costs.",
    arguments: {},
    options: {
      ...ofStudies,
      indexDateRange,
      databaseUrl: text("url", "show what this database expects (or set DATABASE_URL)"),
      analyze: flag("run the steps and report rows and timings"),
    },
    examples: [
      'explain --study-definition study_definition --index-date-range "2020-01-01 to 2020-12-01 by month"',
      "explain --database-url duckdb:records.duckdb --analyze",
    ],
  },
  dump_study_yaml: {
    about: "Print a study definition as cohortline understands it.",
    arguments: {},
    options: ofStudies,
    examples: [],
  },
  convert: {
    about: "Print a study in Python as a study in TypeScript that means the same.",
    arguments: { study },
    options: { param },
    details: `What is printed has been run, and is the same study: the same columns and measures, with the same
arguments. What has no counterpart in TypeScript stands in its recorded form, with a comment. Helper modules
are part of what is printed. Nothing is written or removed: once the new file is in analysis/, take the old one away.`,
    examples: ["convert study_definition > new.ts"],
    next: `Then:
  mv new.ts analysis/study_definition.ts
  rm analysis/study_definition.py
  cohortline check
`,
  },
  dump_cohort_sql: {
    about: "Print the SQL that answers a study, as a script that can be run.",
    arguments: {},
    options: {
      ...ofStudies,
      indexDateRange,
      withCodes: flag("write the codes of codelists, as it is done anyway"),
      noCodes: flag("leave out the codes of codelists: shorter, but cannot be run"),
      dialect: oneOf(
        "name",
        "the kind of database: duckdb, mssql, postgresql or trino",
        ["duckdb", "mssql", "postgresql", "trino"],
        "duckdb",
      ),
    },
    examples: [],
  },
  maintenance: {
    about: "Print db-maintenance if the database is being rebuilt, otherwise nothing.",
    arguments: {},
    options: {
      databaseUrl: text("url", "the database (or set DATABASE_URL)"),
      clean: flag("drop tables that runs which died have left in the database"),
      tempDatabaseName: text("name", "where results were kept, of a SQL Server"),
      currentMode: hidden(text("mode", "ignored")),
    },
    examples: [],
  },
  completion: {
    about: "Print a script by which your shell completes commands and options.",
    arguments: { shell },
    options: {},
    examples: [
      "completion bash >> ~/.bashrc",
      "completion fish > ~/.config/fish/completions/cohortline.fish",
    ],
  },
} as const;
