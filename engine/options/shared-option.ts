import { Option } from "commander";

/** For commands that write rows of patients. */
export function sharedOption(): Option {
  return new Option(
    "--shared",
    "let others read the files, as far as the umask says (default: only you)",
  );
}

const WRITING = new Set(["run", "generate_cohort", "generate_measures", "generate_dummy_tables"]);

/** Whether what a command writes is for the person's own eyes. */
export function isPrivate(command: string, options: Readonly<Record<string, unknown>>): boolean {
  return WRITING.has(command) && options["shared"] !== true;
}
