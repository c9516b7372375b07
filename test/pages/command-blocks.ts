/** What pages say of a command and its options, made from the table of options and set between two marks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  commandSpec,
  everyCommand,
  flagOf,
  isCommandName,
} from "../../engine/options/command-table.ts";
import type { CommandName } from "../../engine/options/command-table.ts";
import type { OptionSpec } from "../../engine/options/option.ts";

const BLOCK = /(<!-- options of ([a-z_ -]+), by npm run pages -->\n)[\s\S]*?(<!-- end -->)/g;

/** The page with all its blocks made again; every other line is as it stands. */
export function filledPage(path: string): string {
  const text = readFileSync(join(import.meta.dirname, "../..", path), "utf8");
  return text.replace(BLOCK, (_, start: string, name: string, end: string) => {
    return `${start}\n${blockOf(name)}\n\n${end}`;
  });
}

/** Commands that a page has a block of. */
export function commandsOn(page: string): readonly string[] {
  return [...page.matchAll(BLOCK)].map(([, , name = ""]) => name).filter(isCommandName);
}

function blockOf(name: string): string {
  if (name === "every command") return tableOf(Object.entries(everyCommand));
  if (name === "studies") return tableOf(studyOptions());
  if (!isCommandName(name)) throw new Error(`no command ${name}`);
  const { about, details, examples } = commandSpec(name);
  const shown = examples.map((words) => `cohortline ${words}`).join("\n");
  const parts = [about, usageOf(name), optionsOf(name), details?.replaceAll("\n", " ") ?? ""];
  return [...parts, shown === "" ? "" : `\`\`\`text\n${shown}\n\`\`\``]
    .filter((part) => part !== "")
    .join("\n\n");
}

function usageOf(name: CommandName): string {
  const given = Object.values(commandSpec(name).arguments);
  const [first] = given;
  return first === undefined ? "" : `\`cohortline ${name} ${first.written}\`: ${first.about}`;
}

/** Those that every command about studies has stand once on the page. */
const OF_STUDIES = ["studyDefinition", "param"];

function studyOptions(): readonly (readonly [string, OptionSpec<unknown>])[] {
  const { options } = commandSpec("generate_cohort");
  return Object.entries(options).filter(([key]) => OF_STUDIES.includes(key));
}

function optionsOf(name: CommandName): string {
  const common = name === "generate_dummy_tables" ? [] : OF_STUDIES;
  const own = Object.entries(commandSpec(name).options).filter(([key]) => !common.includes(key));
  return tableOf(own.filter(([, { isHidden }]) => isHidden !== true));
}

function tableOf(options: readonly (readonly [string, OptionSpec<unknown>])[]): string {
  if (options.length === 0) return "";
  const rows = options.map(([key, spec]) => {
    const { value, short, about, isRequired } = spec;
    const flag = `${flagOf(key)}${value === null ? "" : ` ${value.name.toUpperCase()}`}`;
    const shown = short === undefined ? `\`${flag}\`` : `\`-${short}\`, \`${flag}\``;
    const otherwise = isRequired === true ? "required" : (spec.shownDefault ?? "");
    return `| ${shown} | ${about.replaceAll("|", "\\|")} | ${otherwise} |`;
  });
  return ["| Option | Meaning | Default |", "| --- | --- | --- |", ...rows].join("\n");
}
