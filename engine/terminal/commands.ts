/** The commands and their options, as the command line understands and explains them. */
import { Command, CommanderError, Option } from "commander";
import { pipelineCommands } from "./pipeline-commands.ts";
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
    .showHelpAfterError("Run with --help to see what can be asked for.")
    .exitOverride();
  const studies = [generateCohort(), generateMeasures(), check(), dumpStudyYaml()];
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
    .option("--seed <text>", "other dummy data: the same seed gives the same files")
    .option("--output-dir <dir>", 'folder for the files (default "output")')
    .option("--output-format <format>", "csv or csv.gz (default csv)")
    .option("--output-file <file>", "folder, name and format in one: output/input.csv")
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
    .option("--skip-existing", "keep measures that are complete and made from the same things")
    .option("--workers <n>", "threads to use (default: one for each core)", positiveInteger)
    .addHelpText("after", EXAMPLE_MEASURES);
}

function check(): Command {
  return study(new Command("check"))
    .description(
      "Read project.yaml and the study definitions and report every problem, without making anything.",
    )
    .option("--strict", "refuse a project.yaml that old versions allow");
}

function dumpStudyYaml(): Command {
  return study(new Command("dump_study_yaml")).description(
    "Print a study definition as cohortline understands it.",
  );
}

function study(command: Command): Command {
  return command
    .option("--study-definition <name>", 'a study of analysis/, or "all"', "all")
    .option("--param <name=value...>", "a value for params in the study definition; repeatable");
}

function shared(command: Command): Command {
  return command
    .option("--verbose", "tell of every file")
    .option("--quiet", "tell of problems only")
    .option("--json", "tell everything as JSON, one object a line");
}

const EXAMPLE_COHORT = `
Examples:
  cohortline generate_cohort --expectations-population 1000 --index-date-range "2020-01-01 to 2020-12-01 by month"
  cohortline generate_cohort --study-definition study_definition --dummy-data-file dummy.csv
`;

const EXAMPLE_MEASURES = `
Example:
  cohortline generate_measures --output-dir output
`;
