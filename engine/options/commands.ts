/** The commands and their options, as the command line understands and explains them. */
import { Argument, Command, CommanderError, Option } from "commander";
import { shells } from "./completion.ts";
import { pipelineCommands } from "./pipeline-commands.ts";
import { sharedOption } from "./shared-option.ts";
import { positiveInteger } from "./positive-integer.ts";

/** What a parsed command line asks for; options by their camelCase names. */
export interface Invocation {
  readonly command: string;
  /** What stands beside the options: names of actions, or of a run. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Calls `invoke` for the command given. Throws commander's CommanderError for help and misuse. */
export function commandLine(version: string, invoke: (invocation: Invocation) => void): Command {
  const program = new Command("cohortline")
    .description("Monthly cohorts and measures from health records, from one study definition.")
    .version(`v${version}`, "--version", "print the version")
    .showSuggestionAfterError(true)
    .showHelpAfterError("Run with --help for usage.")
    .exitOverride();
  const studies = [
    generateCohort(),
    generateMeasures(),
    generateDummyTables(),
    check(),
    explain(),
    dumpStudyYaml(),
    dumpCohortSql(),
    maintenance(),
    completion(),
  ];
  for (const command of [...studies, ...pipelineCommands()]) {
    shared(command).action(() => {
      const options = command.opts<Record<string, unknown>>();
      invoke({ command: command.name(), words: command.args, options });
    });
    program.addCommand(command.exitOverride());
  }
  return program;
}

/** The exit code of help (0) or misuse (2); null for any other error. */
export function usageExit(error: unknown): number | null {
  if (!(error instanceof CommanderError)) return null;
  return error.exitCode === 0 ? 0 : 2;
}

/** What is wrong with the words, in commander's; null for any other error. */
export function usageFault(error: unknown): string | null {
  return error instanceof CommanderError ? error.message.replace(/^error: /, "") : null;
}

function generateCohort(): Command {
  return study(new Command("generate_cohort"))
    .description(
      "Write one cohort file for each index date: who is in the study, and their values.",
    )
    .option(
      "--index-date-range <range>",
      'e.g. "2020-01-01 to 2020-12-01 by month", or by week; "today" is a date',
    )
    .option("--expectations-population <n>", "make dummy data of n patients", positiveInteger)
    .option("--dummy-data-file <file>", "use this file as dummy data, after checking it")
    .option("--database-url <url>", "ask this database (or set DATABASE_URL)")
    .option(
      "--evaluate <how>",
      "one-pass: all index dates of a database together (default); per-date: one after the other",
    )
    .option("--seed <text>", "other dummy data: the same seed gives the same files")
    .option("--output-dir <dir>", 'folder for the files (default "output")')
    .option("--output-format <format>", "csv (default), csv.gz, feather, parquet, dta or dta.gz")
    .option("--output-file <file>", "folder, name and format in one: output/input.csv")
    .addOption(sharedOption())
    .option("--skip-existing", "keep files that are complete and made from the same things")
    .addOption(new Option("--temp-database-name <name>").hideHelp())
    .addOption(new Option("--with-end-date-fix").hideHelp())
    .addHelpText("after", EXAMPLE_COHORT);
}

function generateMeasures(): Command {
  return study(new Command("generate_measures"))
    .description("Add up the cohort files into measure_ID.csv, with small numbers suppressed.")
    .option(
      "--output-dir <dir>",
      'folder of the cohort files, and for the measures (default "output")',
    )
    .option("--output-format <format>", "of the measures: csv (default), csv.gz or feather")
    .addOption(sharedOption())
    .option("--skip-existing", "keep measures that are complete and made from the same things")
    .option("--strict", "refuse what is only warned about otherwise")
    .option("--workers <n>", "threads to use (default: one for each core)", positiveInteger)
    .addHelpText("after", EXAMPLE_MEASURES);
}

function generateDummyTables(): Command {
  return new Command("generate_dummy_tables")
    .description("Write a DuckDB database of made-up patients with the tables of TPP.")
    .requiredOption("--patients <n>", "how many patients to make up", positiveInteger)
    .requiredOption("--output-file <file>", "the database: dummy.duckdb")
    .option("--study-definition <name>", 'use the codes of this study of analysis/, or of "all"')
    .option("--param <name=value...>", "a value for params in the study definition; repeatable")
    .option("--seed <text>", "other patients: the same seed gives the same ones")
    .option(
      "--events-per-patient <n>",
      "SNOMED events of a patient on average (default 100)",
      positiveInteger,
    )
    .addOption(sharedOption())
    .option("--force", "replace the database if there is one already")
    .addHelpText("after", EXAMPLE_TABLES);
}

function check(): Command {
  return study(new Command("check"))
    .description(
      "Read project.yaml and the study definitions and report every problem, without making anything.",
    )
    .option("--strict", "refuse a project.yaml that old versions allow")
    .option("--real-data", "the study runs on records only: dummy data may lack expectations");
}

function dumpStudyYaml(): Command {
  return study(new Command("dump_study_yaml")).description(
    "Print a study definition as cohortline understands it.",
  );
}

function explain(): Command {
  return study(new Command("explain"))
    .description("Show how a study is answered from a database: what is shared, and what it costs.")
    .option("--index-date-range <range>", "as for generate_cohort")
    .option("--database-url <url>", "tell what this database expects (or set DATABASE_URL)")
    .option("--analyze", "make the parts, and tell their rows and milliseconds")
    .addHelpText("after", EXAMPLE_EXPLAIN);
}

function dumpCohortSql(): Command {
  return study(new Command("dump_cohort_sql"))
    .description("Print the SQL that answers a study, as a script that can be run.")
    .option("--index-date-range <range>", "as for generate_cohort")
    .option("--no-codes", "leave out the codes of codelists: shorter, but cannot be run")
    .option("--dialect <name>", "the kind of database: duckdb (default)");
}

function maintenance(): Command {
  return new Command("maintenance")
    .description("Print db-maintenance if the database is being rebuilt, otherwise nothing.")
    .option("--database-url <url>", "the database (or set DATABASE_URL)")
    .addOption(new Option("--current-mode <mode>").hideHelp());
}

function completion(): Command {
  return new Command("completion")
    .description("Print a script by which your shell completes commands and options.")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText("after", EXAMPLE_COMPLETION);
}

function study(command: Command): Command {
  return command
    .option("--study-definition <name>", 'a study of analysis/, or "all"', "all")
    .option("--param <name=value...>", "a value for params in the study definition; repeatable");
}

function shared(command: Command): Command {
  return command
    .option("--verbose", "log every file")
    .option("--quiet", "print problems only")
    .option("--json", "emit events as JSON Lines");
}

const EXAMPLE_COHORT = `
Examples:
  cohortline generate_cohort --expectations-population 1000 --index-date-range "2020-01-01 to 2020-12-01 by month"
  cohortline generate_cohort --study-definition study_definition --dummy-data-file dummy.csv
`;

const EXAMPLE_EXPLAIN = `
Examples:
  cohortline explain --study-definition study_definition --index-date-range "2020-01-01 to 2020-12-01 by month"
  cohortline explain --database-url duckdb:records.duckdb --analyze
`;

const EXAMPLE_MEASURES = `
Example:
  cohortline generate_measures --output-dir output
`;

const EXAMPLE_COMPLETION = `
Examples:
  cohortline completion bash >> ~/.bashrc
  cohortline completion fish > ~/.config/fish/completions/cohortline.fish
`;

const EXAMPLE_TABLES = `
The patients are made up, but agree with themselves: events lie between birth and death, registrations
follow each other, tests, admissions and deaths have their rows in every table that tells of them.
Name a study, and its codes and names are among what is recorded, so that its columns are not empty.
The file appears when it is complete. 100,000 patients take about half a minute and 0.4 GiB.

Examples:
  cohortline generate_dummy_tables --patients 1000 --study-definition study_definition --output-file dummy.duckdb
  cohortline generate_dummy_tables --patients 1000000 --seed another --output-file large.duckdb --verbose
`;
