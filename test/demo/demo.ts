/**
 * `npm run demo`: runs the cohorts and measures that the example study's project.yaml asks for, with
 * dummy data and then with the synthetic patients of `fixtures/`, and shows what was written. Takes another
 * workspace's folder as its argument.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { databaseCommands } from "./database-commands.ts";
import { notebookActions, whyNoNotebook } from "./notebook-actions.ts";
import { outputFiles, outputKinds, tableText } from "./output-table.ts";
import { EXAMPLE_PICTURE, pictureCommands } from "./picture-commands.ts";
import { REPAIRS, repairCommands } from "./repair-commands.ts";
import { pipelineCommands } from "./pipeline-commands.ts";

const ROOT = join(import.meta.dirname, "../..");
const LINES_SHOWN = 9;

const EXAMPLE = join(ROOT, "study-definitions/aftershocks");
const workspace = resolve(process.argv[2] ?? EXAMPLE);
const project = readFileSync(join(workspace, "project.yaml"), "utf8");
const dummy = pipelineCommands(project);
const records = relative(workspace, join(ROOT, "fixtures/patients"));
const fromRecords = databaseCommands(dummy, records);
const commands = [
  ...dummy,
  ...pictureCommands(dummy),
  ...fromRecords,
  ...pictureCommands(fromRecords),
];

for (const { action, words } of commands) perform(action, words);

const files = commands.flatMap(({ outputs }) =>
  outputs.flatMap((declared) => outputFiles(workspace, declared)),
);
console.log(tableText(outputKinds(files)));

for (const example of exampleMeasures()) {
  const lines = readFileSync(join(workspace, example.path), "utf8").split("\n");
  console.log(`\n${example.path}\n${lines.slice(0, LINES_SHOWN).join("\n")}\n…`);
}

if (workspace === EXAMPLE)
  copyFileSync(join(workspace, EXAMPLE_PICTURE), join(workspace, "measure.svg"));
const here = relative(process.cwd(), workspace) || ".";
console.log(`\nEverything lies in ${here}/output. Open the pictures of the measures in a browser:`);
for (const page of commands.flatMap(({ outputs }) =>
  outputs.filter((each) => each.endsWith("measures.html")),
)) {
  console.log(`  ${join(here, page)}`);
}

for (const action of notebookActions(project)) {
  console.log();
  const why = await whyNoNotebook(action);
  if (why === null) perform(action, ["run", action, "--python", "sandbox"]);
  else console.log(`${action} is left out. ${why}`);
}

// The last lines are the audit's.
if (existsSync(join(workspace, REPAIRS))) {
  console.log();
  for (const { action, words } of repairCommands(dummy)) runToEnd(action, words);
}

function perform(action: string, words: readonly string[]): void {
  const started = performance.now();
  runToEnd(action, words);
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

function runToEnd(action: string, words: readonly string[]): void {
  console.log(`${action}\n  cohortline ${words.map(shown).join(" ")}`);
  const { status, signal } = spawnSync(process.execPath, [join(ROOT, "dist/cli.js"), ...words], {
    cwd: workspace,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(
      `The demo ends here: ${action} ended with ${signal ?? status ?? "no exit code"}.`,
    );
    process.exit(status ?? 1);
  }
}

/** The first measure of each folder. */
function exampleMeasures() {
  const measures = files.filter(({ path }) => /\/measure_.*_by_[a-z_]+\.csv$/.test(path));
  return [
    ...new Map(measures.reverse().map((file) => [dirname(file.path), file])).values(),
  ].reverse();
}

function shown(word: string): string {
  return word.includes(" ") ? `"${word}"` : word;
}
