/** The commands about a whole study, as the command line understands and explains them. */
import { Command, Option } from "commander";
import { sharedOption } from "./shared-option.ts";
import { positiveInteger } from "./positive-integer.ts";

export function pipelineCommands(): readonly Command[] {
  return [run(), plan(), runs(), show(), verify(), graph(), report(), clean(), trust()];
}

export function isPipelineCommand(name: string): boolean {
  return pipelineCommands().some((command) => command.name() === name);
}

function run(): Command {
  return planning(new Command("run"))
    .description("Run actions of project.yaml, and what they need: all of them with run_all.")
    .option("--continue-on-error", "after a failure go on with what does not depend on it")
    .option("-c, --concurrency <n>", "actions at once (default 2)", positiveInteger)
    .option("--timestamps", "put the time (UTC) before each line")
    .option("--format-output-for-github", "fold the log of each action, as GitHub shows it")
    .option("--dry-run", "tell what would be run and why, and run nothing")
    .addOption(sharedOption())
    .option("--local-tools", "run other images' programs on this machine, not in containers")
    .option("-m, --memory <size>", "memory of each container (default 4G)")
    .option("--cpus <n>", "processors of each container (default 2)")
    .addHelpText("after", EXAMPLE_RUN);
}

function plan(): Command {
  return planning(new Command("plan")).description(
    "Print for each action whether it would run, and why; all actions if none is named.",
  );
}

function runs(): Command {
  return new Command("runs").description("List the runs of this folder, the newest first.");
}

function show(): Command {
  return new Command("show")
    .description("Print one run as a job request page shows it: what exactly happened.")
    .argument("[run]", "its number, the beginning of its identifier, or latest", "latest");
}

function verify(): Command {
  return new Command("verify").description(
    "Hold the files that actions made against metadata/manifest.json.",
  );
}

function graph(): Command {
  return new Command("graph")
    .description(
      "Draw the pipeline: what needs what, how each action stands, which levels it writes.",
    )
    .addOption(
      new Option("--format <format>", "how to draw it")
        .choices(["text", "mermaid", "svg"])
        .default("text"),
    )
    .option("--output-file <file>", "write it here instead of printing it")
    .option("--strict", "refuse a project.yaml that old versions allow");
}

function report(): Command {
  return new Command("report")
    .description("Write one run as a page for a browser: all in one file, nothing fetched.")
    .argument("[run]", "its number, the beginning of its identifier, or latest", "latest")
    .option("--output-file <file>", "write it here; - prints it (metadata/report-NUMBER.html)");
}

function clean(): Command {
  return new Command("clean")
    .description(
      "Remove what killed commands left in the temporary folder, metadata/ and output folders.",
    )
    .option("--dry-run", "print what would be removed, and remove nothing")
    .option("--force", "also what belongs to another container or machine: only if it is gone");
}

function trust(): Command {
  return new Command("trust")
    .description(
      "Believe the records in metadata/ of this folder, whoever wrote them: for a folder that you share or moved.",
    )
    .option("--revoke", "believe only your own again");
}

function planning(command: Command): Command {
  return command
    .argument("[actions...]", "names of actions, or run_all")
    .option("-f, --force-run-dependencies", "run what they need even if it is fresh")
    .option("--database-url <url>", "ask this database for patients (or set DATABASE_URL)")
    .option("--strict", "refuse a project.yaml that old versions allow");
}

const EXAMPLE_RUN = `
Examples:
  cohortline run run_all
  cohortline run generate_measures --dry-run
`;
