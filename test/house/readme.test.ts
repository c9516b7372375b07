import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "node:test";
import type typescript from "typescript";
import { functionNames } from "../../engine/definition/function-table.ts";
import { camelCase } from "../../engine/definition/snake-case.ts";
import { hideSmall, SMALL_NUMBER_THRESHOLD } from "../../engine/measures/suppress.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { commandLine } from "../../engine/options/commands.ts";
import { inWorkspace } from "../commands/workspace.ts";
import { blocksOf, sectionsOf, tableRows } from "./markdown.ts";
import type { Section } from "./markdown.ts";

// An import would have the whole compiler scanned for its exports first, which takes a second.
const ts = createRequire(import.meta.url)("typescript") as typeof typescript;

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "README.md"), "utf8");
const sections = sectionsOf(page);

describe("the README's studies", () => {
  const studies = blocksOf(page).filter(({ language }) => language === "ts");
  const complaints = complaintsOf(studies.map(({ body }) => body));

  it("are some", () => {
    assert.ok(studies.length >= 4);
  });

  studies.forEach(({ body }, i) => {
    it(`compile: block ${i + 1}`, () => {
      assert.deepEqual(complaints[i], [], body);
    });
  });

  it("have the first one in twenty lines", () => {
    const lines = (studies[0]?.body ?? "").split("\n").filter((line) => line.trim() !== "");
    assert.equal(lines.length, 20);
  });
});

describe("the README's sessions", () => {
  const told = sections.filter(({ blocks }) => blocks.some((each) => each.language === "console"));

  it("are three", () => {
    assert.equal(told.length, 3);
  });

  for (const section of told) {
    it(`come out as shown: ${section.heading}`, async () => {
      const shown = sessionsOf(section);
      assert.equal(timeless(await acted(section, commandsOf(shown))), timeless(shown));
    });
  }
});

/** How long an action takes is another time each time. */
function timeless(session: string): string {
  return session.replace(/\([\d.]+ s\)/g, "(… s)");
}

describe("the README's commands", () => {
  const program = commandLine("", () => undefined);
  const shared = optionsIn(sectionNamed("All commands").text);
  const ofStudies = optionsIn(sectionNamed("Commands that read studies").text);

  for (const command of program.commands) {
    it(`explain every option of ${command.name()}, and none that it lacks`, () => {
      const readsStudies = command.options.some(({ long }) => long === "--study-definition");
      const own = optionsIn(sectionNamed(command.name()).text);
      const explained = new Set([...own, ...shared, ...(readsStudies ? ofStudies : [])]);
      const inHelp = optionsIn(command.helpInformation());
      assert.ok(inHelp.size > 3);
      assert.deepEqual([...inHelp].filter((option) => !explained.has(option)).sort(), []);
      const taken = new Set(["--help", "--version", ...command.options.map(({ long }) => long)]);
      assert.deepEqual([...explained].filter((option) => !taken.has(option)).sort(), []);
    });
  }
});

describe("the README's facts", () => {
  it("name every function of patients", () => {
    const { text } = sectionNamed("Columns");
    const lacking = functionNames.map(camelCase).filter((name) => !text.includes(`\`${name}\``));
    assert.deepEqual(lacking, []);
  });

  it("hide in the worked table what suppression hides", () => {
    const rows = tableRows(sectionNamed("Privacy").text);
    assert.ok(rows.length > 5);
    for (const [numbers = "", shown] of rows) {
      const cells = Float64Array.from(numbers.split(", "), Number);
      const { values } = hideSmall(cells, SMALL_NUMBER_THRESHOLD);
      const seen = Array.from(values, (value) => (Number.isNaN(value) ? "–" : String(value)));
      assert.equal(seen.join(", "), shown);
    }
  });

  it("give the sandbox the limits it has", () => {
    const { text } = sectionNamed("What a study's file may do");
    assert.ok(text.includes(`${defaultLimits.seconds} seconds`));
    assert.ok(text.includes(`${defaultLimits.megabytes} MB`));
    assert.ok(text.includes(`${defaultLimits.fileMegabytes} MB in all`));
  });

  it("lead to files and headings that are there", () => {
    const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? "");
    const anchors = sections.map(({ heading }) => `#${heading.toLowerCase().replaceAll(" ", "-")}`);
    for (const target of targets) {
      if (target.startsWith("#")) assert.ok(anchors.includes(target), target);
      else assert.doesNotThrow(() => readFileSync(join(root, target)), target);
    }
  });
});

function sectionNamed(heading: string): Section {
  const section = sections.find((each) => each.heading === heading);
  assert.ok(section, `no section ${heading}`);
  return section;
}

function optionsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g));
}

function sessionsOf({ blocks }: Section): string {
  return blocks
    .filter(({ language }) => language === "console")
    .map(({ body }) => body)
    .join("");
}

function commandsOf(session: string): readonly string[] {
  return session.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
}

/** What a terminal shows when the commands are typed in a folder with the section's files. */
function acted({ blocks }: Section, commands: readonly string[]): Promise<string> {
  const files = blocks.flatMap(({ file, body }) => (file === null ? [] : [[file, body] as const]));
  return inWorkspace(Object.fromEntries(files), async (folder) => {
    let shown = "";
    for (const command of commands) shown += `$ ${command}\n${await said(folder, command)}`;
    return shown;
  });
}

function said(folder: string, command: string): Promise<string> {
  const cohortline = `cohortline() { "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"; }`;
  const shell = spawn("sh", ["-c", `${cohortline}\n{ ${command}\n} 2>&1`], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  shell.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve) => {
    shell.on("close", () => {
      resolve(text);
    });
  });
}

/** What the compiler says of each text as a study's file beside the engine. */
function complaintsOf(texts: readonly string[]): readonly (readonly string[])[] {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, root, {}, undefined);
  const options = { ...parsed.options, types: [] };
  const files = new Map(texts.map((text, i) => [join(root, `readme-block-${i}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? read(path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  });
}
