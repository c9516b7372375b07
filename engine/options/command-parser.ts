/** A command of the table as commander parses and explains it, and the request that it has parsed. */
import { Command, Option } from "commander";
import { commandSpec, everyCommand, flagOf, requestFor } from "./command-table.ts";
import type { CommandName, CommandSpec, RequestOf } from "./command-table.ts";
import type { OptionSpec } from "./option.ts";

export function commandFor(name: CommandName): Command {
  const { about, options, arguments: args, ...more } = commandSpec(name);
  const command = new Command(name).description(about);
  for (const spec of Object.values(args)) command.argument(spec.written, spec.about);
  for (const [key, spec] of Object.entries({ ...options, ...everyCommand })) {
    command.addOption(optionFor(key, spec));
  }
  const after = textAfterHelp(more);
  return after === "" ? command : command.addHelpText("after", after);
}

function optionFor(key: string, spec: OptionSpec<unknown>): Option {
  const { value, short, shownDefault, about, isHidden, isRequired = false } = spec;
  const long = flagOf(key);
  const shown = `${short === undefined ? "" : `-${short}, `}${long}`;
  const option = new Option(
    value === null ? shown : `${shown} <${value.name}>`,
    shownDefault === undefined ? about : `${about} (default: ${shownDefault})`,
  );
  if (value !== null) {
    option.argParser((given, before: unknown) => {
      const read = value.read(given, long);
      const isMore = spec.isRepeatable === true && Array.isArray(before) && Array.isArray(read);
      return isMore ? [...(before as unknown[]), ...(read as unknown[])] : read;
    });
  }
  return option.makeOptionMandatory(isRequired).hideHelp(isHidden === true);
}

type HelpTexts = Pick<CommandSpec, "details" | "examples" | "next">;

function textAfterHelp({ details = "", examples, next = "" }: HelpTexts): string {
  const lines = examples.map((example) => `  cohortline ${example}\n`).join("");
  const heading = examples.length === 1 ? "Example:" : "Examples:";
  return [details, lines === "" ? "" : `${heading}\n${lines.trimEnd()}`, next]
    .filter((part) => part !== "")
    .map((part) => `\n${part}`)
    .join("\n");
}

/** Values as far as they were read. */
export function requestIn<Name extends CommandName>(
  command: Command,
  name: Name,
  params: Readonly<Record<string, string>>,
): RequestOf<Name> {
  const { options, arguments: args } = commandSpec(name);
  const given = command.opts<Record<string, unknown>>();
  const entries = Object.keys({ ...options, ...everyCommand }).flatMap((key) => {
    // Commander reads --no-codes as codes: false.
    const value = /^no[A-Z]/.test(key) ? given[uncapitalised(key.slice(2))] === false : given[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const held = Object.entries(args).map(([key, spec]) => [key, spec.read(command.args)] as const);
  const values: Readonly<Record<string, unknown>> = Object.fromEntries([...entries, ...held]);
  const taken = "param" in options ? { ...values, param: params } : values;
  return requestFor(name, taken as Partial<RequestOf<Name>>);
}

function uncapitalised(word: string): string {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}
